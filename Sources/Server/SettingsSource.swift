import Configuration

/// What is wrong with one setting.
public struct SettingProblem: Sendable, Equatable, CustomStringConvertible {
    /// As it was written: `NYTTOGRAD_LISTEN`.
    public let variable: String
    public let reason: String

    public var description: String { "\(variable): \(reason)" }
}

/// Every setting that is wrong, at once. No value of a secret is in it.
public struct SettingsRefused: Error, CustomStringConvertible {
    public let problems: [SettingProblem]

    public var description: String {
        (["Nyttograd does not start, because of its settings (`nyttograd settings` lists all):"] + problems.map { "  \($0)" }).joined(separator: "\n")
    }
}

/// A value that cannot be meant.
struct Malformed: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}

/// Reads settings one by one, and remembers what is wrong instead of stopping at the first.
///
/// Every read is a `required` one: swift-configuration's optional and default reads take a malformed value for none. What is not
/// set has its default from the table, so nothing is ever missing.
struct SettingsSource {
    private let reader: ConfigReader
    private(set) var problems: [SettingProblem] = []

    /// - Parameter environment: of the process.
    init(environment: [String: String]) {
        let fromEnvironment = Self.known(in: environment, problems: &problems)
        var fromFile: [String: String] = [:]
        if let path = fromEnvironment["NYTTOGRAD_SETTINGS"], !path.isEmpty {
            fromFile = Self.inFile(path, problems: &problems)
        }
        let defaults = Dictionary(uniqueKeysWithValues: Settings.all.map { ($0.variable, $0.default) })
        reader = ConfigReader(providers: [fromEnvironment, fromFile, defaults].map { EnvironmentVariablesProvider(environmentVariables: $0) })
    }

    // MARK: Reading

    /// - Returns: nil where it is empty, or malformed.
    mutating func value<T>(_ name: String, _ parse: (String) throws(Malformed) -> T) -> T? {
        let setting = Self.setting(name)
        do {
            let text = try reader.requiredString(forKey: Self.key(name), isSecret: setting.isSecret)
            if text.isEmpty && setting.default.isEmpty { return nil }
            return try parse(text)
        } catch {
            refuse(name, (error as? Malformed)?.reason ?? "cannot be read")
            return nil
        }
    }

    mutating func text(_ name: String) -> String? {
        value(name) { text throws(Malformed) in
            guard !text.isEmpty else { throw Malformed("is empty") }
            return text
        }
    }

    mutating func number(_ name: String, in range: ClosedRange<Int>) -> Int {
        if let number = try? reader.requiredInt(forKey: Self.key(name)), range.contains(number) { return number }
        refuse(name, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        return range.lowerBound
    }

    mutating func choice<T>(_ name: String, _ choices: [String: T]) -> T? {
        value(name) { text throws(Malformed) in
            guard let choice = choices[text] else { throw Malformed("is \"\(text)\", and may be \(choices.keys.sorted().joined(separator: ", "))") }
            return choice
        }
    }

    mutating func refuse(_ name: String, _ reason: String) {
        problems.append(SettingProblem(variable: Self.setting(name).variable, reason: reason))
    }

    private static func key(_ name: String) -> ConfigKey { ConfigKey(["nyttograd", name]) }

    private static func setting(_ name: String) -> Setting {
        guard let setting = Settings.all.first(where: { $0.name == name }) else { preconditionFailure("\(name) is not in the table of settings") }
        return setting
    }

    // MARK: Names

    /// Of all names those that are settings; every other name with our prefix is a mistake that would otherwise go unnoticed.
    private static func known(in values: [String: String], problems: inout [SettingProblem]) -> [String: String] {
        let variables = Set(Settings.all.map(\.variable))
        for name in values.keys.sorted() where name.uppercased().hasPrefix(Settings.prefix) && !variables.contains(name) {
            problems.append(SettingProblem(variable: name, reason: "there is no such setting"))
        }
        return values.filter { variables.contains($0.key) }
    }

    private static func inFile(_ path: String, problems: inout [SettingProblem]) -> [String: String] {
        guard let file = SettingsFile(path) else {
            problems.append(SettingProblem(variable: "NYTTOGRAD_SETTINGS", reason: "the file \(path) cannot be read"))
            return [:]
        }
        problems += file.problems
        let values = known(in: file.values, problems: &problems)
        for setting in Settings.all where values[setting.variable] != nil {
            if setting.name == "settings" {
                problems.append(SettingProblem(variable: setting.variable, reason: "cannot be set in a settings file"))
            } else if setting.isSecret && !file.isPrivate {
                problems.append(SettingProblem(variable: setting.variable, reason: "is a secret, and others may read \(path): chmod 600 it, and think of changing the secret"))
            }
        }
        return values
    }
}
