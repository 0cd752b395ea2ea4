import ArgumentParser
import Server
@main struct Nyttograd: AsyncParsableCommand { }
