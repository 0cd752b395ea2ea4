public struct Round {}
