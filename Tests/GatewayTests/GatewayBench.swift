import Contracts
import Domain
import Support

@testable import Gateway

typealias GatewayBench = ServiceBench<GatewayLogic>

extension ServiceBench where Logic == GatewayLogic {
    /// An enterprise as the registry tells of it.
    func enterprise(_ code: String = Sample.enterprise, isFinancial: Bool = false) throws {
        try feed(
            EnterpriseRecorded(
                enterprise: code, name: "红河县测试茶厂", ownership: .county, isFinancial: isFinancial,
                hasVanished: false, hasAnnuity: false), from: .registry)
    }

    func register(
        _ person: Int64, enterprise: String = Sample.enterprise, township: String = Sample.township
    ) throws {
        try feed(
            PersonRegistered(person: PersonID(person), enterprise: enterprise, township: township, roster: 1),
            from: .registry)
    }

    func overview() throws -> Overview { try ask(GetOverview(), as: .workingTeam) }

    /// Looks at the gateway's tables.
    func look<T>(_ body: (GatewayReads) throws -> T) throws -> T {
        try core.store.commit { try body(GatewayReads($0)) }
    }

    /// The person's tracks that are as the path tells.
    func tracks(_ person: Int64, _ isSo: (TrackState) -> Bool) throws -> [Track] {
        let states = try look { try $0.tracks(PersonID(person)) }
        return Track.allCases.filter { states[$0].map(isSo) ?? false }
    }

    func progress(_ person: Int64) throws -> PersonProgress? { try look { try $0.progress(PersonID(person)) } }

    /// The names on a person's timeline.
    func timeline(_ person: Int64) throws -> [String] {
        try look { try $0.timeline(PersonID(person)).map(\.event) }
    }
}

extension Overview {
    func track(_ track: Track) -> TrackCount? { tracks.first { $0.track == track } }

    func people(_ status: PersonStatus) -> Int { statuses.first { $0.status == status }?.people ?? -1 }

    func milestone(_ slug: String) -> MilestoneProgress? { milestones.first { $0.slug == slug } }
}
