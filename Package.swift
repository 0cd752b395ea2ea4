// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "nyttograd",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "nyttograd", targets: ["nyttograd"])],
    dependencies: [
        // The HTTP server.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        // Pages; with escaping of our own (Server/Pages/Escaping.swift).
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        // The commands of the one executable.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Settings from the environment and a file.
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        // Instruments and openapi.yaml are YAML, and their errors name a line.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        // Reference data comes as CSV.
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
        // Starts the parts in order and drains them at shutdown.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // Log lines.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        // SHA-256, HMAC, random bytes and constant-time comparison.
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        // pidfd and eventfd, which Swift's Glibc leaves out.
        .systemLibrary(name: "CLinux"),
        // SMTP by libcurl, whose variadic calls Swift cannot make.
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        // What the service decides, given values: no I/O.
        .target(name: "Rules", dependencies: [.product(name: "Yams", package: "Yams")]),
        // How we talk to PostgreSQL: knows nothing of municipalities.
        .target(name: "Database", dependencies: ["CLibPQ", .product(name: "Logging", package: "swift-log")]),
        // The schema travels with the program.
        .target(
            name: "Schema", path: "sql", exclude: ["README.md", "schema.sql"],
            resources: [.copy("prepare.sql"), .copy("migrations"), .copy("access"), .copy("seed")]
        ),
        // The contract stands at the top of the repository, and travels with the program too.
        .target(
            name: "Contract", path: ".", exclude: ["CHANGELOG.md", "README.md", "deploy", "docs", "sql", "Tests"] + ["CCurl", "CLibPQ", "CLinux", "COpenSSL", "Database", "Rules", "Server", "nyttograd"].map { "Sources/" + $0 }, sources: ["Sources/Contract"],
            resources: [.copy("openapi.yaml")]
        ),
        .target(
            name: "Server",
            dependencies: [
                "Rules", "Database", "Schema", "Contract", "COpenSSL", "CCurl", "CLinux",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ],
            resources: [.copy("Resources")]
        ),
        .executableTarget(
            name: "nyttograd",
            dependencies: ["Server", "Database", .product(name: "ArgumentParser", package: "swift-argument-parser")]
        ),
        // What deploy/bench measures the server beside.
        .executableTarget(name: "ceiling", dependencies: ["Database", .product(name: "Hummingbird", package: "hummingbird")], path: "Tests/bench/ceiling"),
        .testTarget(name: "RulesTests", dependencies: ["Rules"]),
        .testTarget(name: "DatabaseTests", dependencies: ["Database"]),
        .testTarget(
            name: "ServerTests",
            dependencies: ["Server", .product(name: "Hummingbird", package: "hummingbird"), .product(name: "Yams", package: "Yams")]
        ),
    ],
    swiftLanguageModes: [.v6]
)

// A warning fails the build: of ours, not of what we depend on. What a later version of a dependency calls deprecated stops nobody from building.
for target in package.targets where target.type != .system {
    target.cSettings = [.treatAllWarnings(as: .error)]
    target.swiftSettings = [.treatAllWarnings(as: .error), .treatWarning("DeprecatedDeclaration", as: .warning)]
}
