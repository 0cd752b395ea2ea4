import CLibPQ
public enum DB {}
