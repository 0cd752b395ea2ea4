import Yams
public enum Rules {}
