import Contracts
import FoundationEssentials
import Support
import Testing

/// Stored data outlive the program: for each released version of the stores a county lies in Samples, made by that
/// version's own `up --sample 100`, with the figures that it showed. A release that changes a store adds its folder.
@Suite("A county of an earlier release", .serialized)
struct KeptCountyTests {
    /// What the earlier program showed of the county, as far as it does not depend on the day.
    struct Figures: Decodable {
        struct TrackFigure: Decodable, Equatable {
            var track: String
            var needed: Int
            var done: Int
        }

        struct EnterpriseFigure: Decodable, Equatable {
            var enterprise: String
            var people: Int
            var handedOver: Int
            var assets: AssetState
        }

        struct TownshipFigure: Decodable, Equatable {
            var township: String
            var people: Int
            var accepted: Int
            var handedOver: Int
        }

        var people: Int
        var statuses: [StatusCount]
        var tracks: [TrackFigure]
        var enterprises: [EnterpriseFigure]
        var townships: [TownshipFigure]
        /// The number of the last event in each log.
        var logs: [String: Int]
    }

    private static let folder: String = {
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/Samples"
    }()

    @Test("opens under this one with all its people, figures and logs, and work goes on", arguments: ["county-2026-11"])
    func opens(release: String) throws {
        let county = try County(keptIn: "\(Self.folder)/\(release)/county.tar.gz")
        let figures = try JSONDecoder().decode(
            Figures.self, from: Data(contentsOf: URL(filePath: "\(Self.folder)/\(release)/figures.json")))
        let team = Clerk(port: county.port)
        try team.signIn("zhuanban", Self.samplePassword)
        try eventually("the figures are those of then") { try shown(by: county, team) == figures.shown }

        let verified = try county.jieli("verify", "--json")
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let logs = try JSONDecoder().decode([Verified].self, from: Data(verified.output.utf8))
        for (service, last) in figures.logs {
            #expect(logs.first { $0.service == service }.map { $0.seq >= last } == true, "\(service)")
        }

        let humanResources = Clerk(port: county.port)
        try humanResources.signIn("renshe", Self.samplePassword)
        let person = try humanResources.get("/people/1").text
        #expect(person.contains("罗文芬") && person.contains("532529197010098345") && person.contains("已全部移交"))
        let registered = figures.statuses.first { $0.status == .registered }?.people ?? 0
        try humanResources.carryOut("/steps/registry.person.verify/8", [])
        let imported = try county.jieli(
            "import", try Roster.workbook(in: county.folder, people: 3), "--enterprise",
            try #require(figures.enterprises.first).enterprise)
        #expect(imported.status == 0, "\(imported.output)\(imported.errors)")
        try eventually("three more people, one verified") {
            let overview = try county.overview(team)
            let waiting = overview.statuses.first { $0.status == .registered }?.people
            return overview.people == figures.people + 3 && waiting == registered + 3 - 1
        }
        #expect(try county.jieli("restart", "registry").status == 0)
        #expect(try county.jieli("verify").status == 0)
    }

    private static let samplePassword = "jieli-2020"

    private func shown(by county: County, _ team: Clerk) throws -> Shown { Shown(try county.overview(team)) }
}

/// The figures that must be the same under either program.
private struct Shown: Equatable {
    var people: Int
    var statuses: [String: Int]
    var tracks: [KeptCountyTests.Figures.TrackFigure]
    var enterprises: [KeptCountyTests.Figures.EnterpriseFigure]
    var townships: [KeptCountyTests.Figures.TownshipFigure]

    init(_ overview: Overview) {
        people = overview.people
        statuses = Self.byStatus(overview.statuses)
        tracks = overview.tracks.map { .init(track: $0.track.rawValue, needed: $0.needed, done: $0.done) }
            .sorted { $0.track < $1.track }
        enterprises = overview.enterprises.map {
            .init(enterprise: $0.enterprise, people: $0.people, handedOver: $0.handedOver, assets: $0.assets)
        }.sorted { $0.enterprise < $1.enterprise }
        townships = overview.townships.map {
            .init(township: $0.township, people: $0.people, accepted: $0.accepted, handedOver: $0.handedOver)
        }.sorted { $0.township < $1.township }
    }

    init(_ figures: KeptCountyTests.Figures) {
        people = figures.people
        statuses = Self.byStatus(figures.statuses)
        tracks = figures.tracks.sorted { $0.track < $1.track }
        enterprises = figures.enterprises.sorted { $0.enterprise < $1.enterprise }
        townships = figures.townships.sorted { $0.township < $1.township }
    }

    private static func byStatus(_ counts: [StatusCount]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: counts.map { ($0.status.rawValue, $0.people) })
    }
}

extension KeptCountyTests.Figures {
    fileprivate var shown: Shown { Shown(self) }
}

/// A line of what `jieli verify --json` says.
private struct Verified: Decodable {
    var service: String
    var seq: Int
}
