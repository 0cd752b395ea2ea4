import Testing
import Rules
@Test func works() {}
