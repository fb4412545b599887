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

func service(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Services/\(name)", swiftSettings: strict)
}

/// - Parameter samples: whether the folder `Samples` beside the tests holds files that are no Swift.
func tests(_ name: String, _ dependencies: [Target.Dependency], samples: Bool = false) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests",
        exclude: samples ? ["Samples"] : [], swiftSettings: strict)
}

let department: [Target.Dependency] = ["Domain", "Contracts", "Store", "Messaging", "Sealing", "Host"]

let targets: [Target] = [
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
    shared("Rosters", ["Sheets", "Contracts", "Messaging", "Sealing"]),
    shared("Web", ["CMicroHTTPD", "Kernel"]),
    shared("Host", ["Domain", "Contracts", "Store", "Messaging", "Sealing", "Kernel"]),

    service("Bus", ["Domain", "Contracts", "Messaging", "Host", "Kernel"]),
    service("Registry", department),
    service("Archives", department),
    service("PartyRelations", department),
    service("Assets", department),
    service("BenefitsLiaison", department),
    service("HealthRecords", department),
    service("Notifications", department),
    service("Gateway", department + ["Sheets", "Rosters", "Papers", "Web", "Kernel"]),
    service("Jieli", department + ["Sheets", "Rosters", "Kernel", "CLinux", "CZeroMQ", "CSQLite"]),

    .target(
        name: "Support", dependencies: ["Kernel", "Domain", "Contracts", "Store", "Messaging", "Sealing", "Host"],
        path: "Tests/Support", swiftSettings: strict),
    tests("Kernel", ["Kernel"]),
    tests("Domain", ["Domain"]),
    tests("Contracts", ["Contracts", "Domain"], samples: true),
    tests("Sealing", ["Sealing"]),
    tests("Store", ["Store", "Sealing", "Domain", "Kernel"]),
    tests("Messaging", ["Messaging", "Domain", "Kernel"], samples: true),
    tests("Sheets", ["Sheets", "Domain"]),
    tests("Papers", ["Papers"]),
    tests("Rosters", ["Rosters", "Sheets", "Contracts"]),
    tests("Web", ["Web", "Kernel"]),
    tests("Host", ["Host", "Support", "Domain", "Contracts", "Store", "Messaging", "Sealing", "Kernel"]),
    tests("Registry", ["Registry", "Support"] + department),
    tests("Archives", ["Archives", "Support"] + department),
    tests("PartyRelations", ["PartyRelations", "Support"] + department),
    tests("Assets", ["Assets", "Support"] + department),
    tests("BenefitsLiaison", ["BenefitsLiaison", "Support"] + department),
    tests("HealthRecords", ["HealthRecords", "Support"] + department),
    tests("Notifications", ["Notifications", "Support"] + department),
    tests(
        "Gateway",
        [
            "Registry", "Archives", "PartyRelations", "Assets", "BenefitsLiaison", "HealthRecords", "Notifications",
            "Gateway", "Support", "Web", "Sheets", "Rosters", "Papers", "Kernel",
        ] + department),
    tests(
        "Simulation",
        [
            "Registry", "Archives", "PartyRelations", "Assets", "BenefitsLiaison", "HealthRecords", "Notifications",
            "Gateway", "Support", "Kernel",
        ] + department),
    tests("Jieli", ["Jieli", "Support"] + department),
    tests(
        "Scale",
        [
            "Registry", "Archives", "PartyRelations", "BenefitsLiaison", "HealthRecords", "Notifications", "Gateway",
            "Support",
        ] + department),
    tests("System", ["Support", "Sheets", "Domain", "Contracts", "Kernel"], samples: true),
    tests("Browser", ["Support", "Contracts"], samples: true),
    tests("Style", ["Support"]),
]

let executables = [
    "bus": "Bus", "registry": "Registry", "archives": "Archives", "party-relations": "PartyRelations",
    "assets": "Assets", "benefits-liaison": "BenefitsLiaison", "health-records": "HealthRecords",
    "notifications": "Notifications", "gateway": "Gateway", "jieli": "Jieli",
]

let package = Package(
    name: "jieli",
    products: executables.sorted { $0.key < $1.key }.map {
        .executable(name: $0.key, targets: [$0.value])
    },
    dependencies: [],
    targets: targets
)
