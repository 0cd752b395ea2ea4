import Testing
import Database
@Test func works() {}
