import Foundation

/// Where the files of this folder lie beside the built program.
public enum Schema {
    /// What a superuser does once in a new cluster.
    public static var prepare: String { path("prepare.sql") }
    /// Numbered files, each applied once.
    public static var migrations: String { path("migrations") }
    /// Who may see and do what: applied by every migrate.
    public static var access: String { path("access") }
    /// Reference data.
    public static var seed: String { path("seed") }

    private static func path(_ name: String) -> String { Bundle.module.bundlePath + "/" + name }
}
