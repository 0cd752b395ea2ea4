import Testing
import Server
@Test func works() {}
