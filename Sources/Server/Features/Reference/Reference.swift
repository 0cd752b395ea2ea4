import Database
import Foundation
import Rules
import Schema
import SwiftCSV

/// Reference data: municipalities and built-in instruments.
public struct Reference: Sendable {
    let database: Database

    public init(_ database: Database) {
        self.database = database
    }

    /// A line of a file of municipalities that cannot be read.
    public struct Fault: Error, CustomStringConvertible {
        /// Counted from 1, the header included.
        let line: Int
        let message: String
        public var description: String { "line \(line): \(message)" }
    }

    /// Adds or corrects municipalities from CSV with the columns of sql/seed/municipalities.csv; `skr_group` and `mail_domain` may be left out.
    /// Nothing is changed if any line is wrong. Returns how many were added or changed.
    @discardableResult
    public func importMunicipalities(csv: String, at now: Instant) async throws -> Int {
        let records = try CSV<Named>(string: csv).rows.enumerated().map { try MunicipalityRecord($1, line: $0 + 2) }
        let changed = try await database.send(as: Librarian(), .put(records))
        for record in records {
            guard let domain = record.mailDomain else { continue }
            _ = try await database.send(as: Librarian(), .know(domain, ofCode: record.code, at: now))
        }
        return changed
    }

    /// Keeps the municipalities that come with the program; the demo's fictional ones only where there may be a demo.
    func importKnownMunicipalities(withFictional: Bool, at now: Instant) async throws {
        for file in ["municipalities"] + (withFictional ? ["fictional"] : []) {
            try await importMunicipalities(csv: String(contentsOfFile: "\(Schema.seed)/\(file).csv", encoding: .utf8), at: now)
        }
    }

    /// Keeps the instruments that come with the program, which are offered to all, and returns them as they are kept.
    /// - Throws: `InstrumentLibrary.Changed`, before anything is kept, for a file that says something else than the kept version of its name and number.
    func keepInstruments() async throws -> [KeptInstrument] {
        let files = try InstrumentLibrary.builtIn().instruments, keys = files.map(\.instrument.key)
        let before = try await database.send(as: Librarian(), .instruments(of: keys))
        for file in files {
            let kept = before.first { $0.key == file.instrument.key && Int($0.version) == file.instrument.version }
            if let kept, kept.document != file.text { throw InstrumentLibrary.Changed(file: file.file) }
        }
        for file in files {
            _ = try await database.send(as: Librarian(), .keep(file.instrument, text: file.text, sha256: Crypto.sha256(Array(file.text.utf8))))
        }
        return try await database.send(as: Librarian(), .instruments(of: keys))
    }
}

extension MunicipalityRecord {
    init(_ row: [String: String], line: Int) throws {
        func text(_ column: String) throws -> String {
            guard let text = row[column], !text.isEmpty else { throw Reference.Fault(line: line, message: "\(column) is missing") }
            return text
        }
        code = try text("code")
        name = try text("name")
        countyCode = try text("county_code")
        countyName = try text("county_name")
        organisationNumber = try text("org_nr")
        guard let number = Int32(try text("population")), number >= 0 else {
            throw Reference.Fault(line: line, message: "population is not a number")
        }
        population = number
        skrGroup = row["skr_group"].flatMap { $0.isEmpty ? nil : $0 }
        mailDomain = row["mail_domain"].flatMap { $0.isEmpty ? nil : $0 }
        guard code.utf8.count == 4, code.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw Reference.Fault(line: line, message: "code has not four digits")
        }
    }
}
