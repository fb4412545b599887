// swift-tools-version: 6.2
import PackageDescription

// The customer wants no outside packages: `dependencies` stays empty. What a package would bring comes from the
// toolchain or from a C library that Debian ships, bound through the `systemLibrary` targets below.

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

func system(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, path: "Shared/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func shared(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Shared/\(name)", swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Services/\(name)", swiftSettings: strict)
}

/// A service is a library, so that a release build can simulate a county of them, and a program of a few lines.
func service(_ name: String, _ dependencies: [Target.Dependency]) -> [Target] {
    let path = "Services/\(name)"
    return [
        .target(name: name, dependencies: dependencies, path: path, exclude: ["Main"], swiftSettings: strict),
        .executableTarget(
            name: "\(name)Main", dependencies: [.target(name: name), "Host"], path: "\(path)/Main",
            swiftSettings: strict),
    ]
}

/// - Parameter samples: whether the folder `Samples` beside the tests holds files that are no Swift.
func tests(_ name: String, _ dependencies: [Target.Dependency], samples: Bool = false) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests",
        exclude: samples ? ["Samples"] : [], swiftSettings: strict)
}

let department: [Target.Dependency] = ["Domain", "Contracts", "Store", "Messaging", "Sealing", "Host"]

let departments = [
    "Registry", "Archives", "PartyRelations", "Assets", "BenefitsLiaison", "HealthRecords", "Notifications",
]
/// Those whose tests hold samples of what they store as JSON.
let storingJSON: Set = [
    "Registry", "Archives", "HealthRecords", "Accounts", "PartyRelations", "BenefitsLiaison",
]
let services: [Target.Dependency] = departments.map { .target(name: $0) } + ["Accounts", "Gateway"]

let libraries: [Target] = [
    .systemLibrary(name: "CLinux", path: "Shared/System/CLinux"),
    system("CZeroMQ", pkgConfig: "libzmq", apt: "libzmq3-dev"),
    system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
    system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
    system("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
    system("CQREncode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),
    system("CXLSXWriter", pkgConfig: "xlsxwriter", apt: "libxlsxwriter-dev"),
    system("CZip", pkgConfig: "libzip", apt: "libzip-dev"),
    system("CExpat", pkgConfig: "expat", apt: "libexpat1-dev"),

    shared("Kernel", ["CLinux"]),
    shared("Domain"),
    shared("Contracts", ["Domain"]),
    shared("Sealing", ["CCrypto", "CSodium"]),
    shared("Store", ["CSQLite", "Sealing", "Domain", "Kernel"]),
    shared("Messaging", ["CZeroMQ", "Domain", "Kernel"]),
    shared("Sheets", ["CZip", "CExpat", "CXLSXWriter", "Domain"]),
    shared("Papers", ["CQREncode"]),
    shared("Recount", ["Domain", "Contracts"]),
    shared("Rosters", ["Sheets", "Contracts", "Domain", "Messaging", "Sealing"]),
    shared("Web", ["CMicroHTTPD", "Kernel"]),
    shared("Host", ["Domain", "Contracts", "Store", "Messaging", "Sealing", "Kernel"]),
]

let programs: [Target] =
    [
        program("Bus", ["Domain", "Contracts", "Messaging", "Host", "Kernel"]),
        program("Jieli", department + ["Sheets", "Rosters", "Recount", "Kernel", "CLinux", "CZeroMQ", "CSQLite"]),
    ] + departments.flatMap { service($0, department) } + service("Accounts", department)
    + service("Gateway", department + ["Sheets", "Rosters", "Papers", "Web", "Kernel"])

let checks: [Target] =
    [
        .target(
            name: "Support", dependencies: ["Kernel", "Domain", "Contracts", "Store", "Messaging", "Sealing", "Host"],
            path: "Tests/Support", swiftSettings: strict),
        tests("Kernel", ["Kernel"]),
        tests("Domain", ["Domain"]),
        tests("Contracts", ["Contracts", "Domain", "Support"], samples: true),
        tests("Sealing", ["Sealing"]),
        tests("Store", ["Store", "Sealing", "Domain", "Kernel"]),
        tests("Messaging", ["Messaging", "Domain", "Kernel"], samples: true),
        tests("Sheets", ["Sheets", "Domain"]),
        tests("Papers", ["Papers"]),
        tests("Recount", ["Recount", "Contracts", "Domain"]),
        tests("Rosters", ["Rosters", "Sheets", "Registry", "Support"] + department, samples: true),
        tests("Web", ["Web", "Kernel"]),
        tests("Host", ["Archives", "Host", "Support", "Kernel"] + department),
        tests("Gateway", services + ["Support", "Web", "Sheets", "Rosters", "Papers", "Kernel"] + department),
        .target(
            name: "Simulation", dependencies: services + ["Support", "Recount", "Kernel", "CSQLite"] + department,
            path: "Tests/Simulation",
            exclude: ["Mutations"], swiftSettings: strict),
        .executableTarget(
            name: "Simulate", dependencies: ["Simulation", "Kernel"], path: "Tests/Simulate",
            swiftSettings: strict),
        tests("Simulation", services + ["Simulation", "Support", "Contracts", "Domain", "Host", "Store"]),
        tests("Jieli", ["Jieli", "Support"] + department),
        tests("Scale", services + ["Support"] + department),
        tests("System", ["Support", "Sheets", "Domain", "Contracts", "Kernel"], samples: true),
        tests("Browser", ["Support", "Contracts"], samples: true),
        tests("Style", ["Support"]),
    ]
    + (departments + ["Accounts"]).map {
        tests($0, [.target(name: $0), "Support"] + department, samples: storingJSON.contains($0))
    }

let executables = [
    "bus": "Bus", "registry": "RegistryMain", "archives": "ArchivesMain", "party-relations": "PartyRelationsMain",
    "assets": "AssetsMain", "benefits-liaison": "BenefitsLiaisonMain", "health-records": "HealthRecordsMain",
    "notifications": "NotificationsMain", "accounts": "AccountsMain", "gateway": "GatewayMain", "jieli": "Jieli",
    "simulate": "Simulate",
]

let package = Package(
    name: "jieli",
    products: executables.sorted { $0.key < $1.key }.map {
        .executable(name: $0.key, targets: [$0.value])
    },
    dependencies: [],
    targets: libraries + programs + checks
)
