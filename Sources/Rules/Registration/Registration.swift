public struct Registration {}
