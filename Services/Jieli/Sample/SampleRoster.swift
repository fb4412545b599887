import Contracts
import Domain
import Sheets

/// The file that an enterprise sends: good rows, and between them some that real files have, too.
struct SampleRoster: Sendable {
    typealias Cells = [RosterField: String]

    /// What is wrong with the rows that are set aside, one row each.
    enum Fault: CaseIterable, Sendable {
        case checkCharacter, township, twice, veteranCadre, insuredElsewhere, sex, lostDigits
    }

    static let faults = Fault.allCases
    static let columns: [RosterField] = [
        .name, .identityNumber, .sex, .ethnicity, .workStart, .retirement, .politicalStatus, .registeredAddress,
        .residence, .township, .community, .telephone, .pensionPlace, .medicalPlace, .basicPension, .outOfPool,
        .retirementKind, .leaderManagement,
    ]

    let enterprise: Int
    /// Indexes into the plan's people, in the order of the file's good rows.
    let members: [Int]
    /// Whose rows are good, in the order of the file.
    let people: [SamplePerson]
    /// Whose rows are spoilt, one for each fault.
    let faulty: [SamplePerson]

    var fileName: String { "\(SampleEnterprise.all[enterprise].name)退休人员名册.csv" }

    /// With a title above the headings, as such files have.
    var bytes: [UInt8] {
        var lines = [
            "\(SampleEnterprise.all[enterprise].name)退休人员移交名册",
            "序号," + Self.columns.map(\.heading).joined(separator: ","),
        ]
        for (number, cells) in rows.enumerated() {
            lines.append("\(number + 1)," + Self.columns.map { cells[$0] ?? "" }.joined(separator: ","))
        }
        return Array(lines.joined(separator: "\r\n").utf8) + Array("\r\n".utf8)
    }

    /// The spoilt rows stand spread among the good ones; the first row is good, for one repeats it.
    var rows: [Cells] {
        var rows = people.map(Self.cells)
        guard let first = rows.first else { return [] }
        for (number, fault) in Self.faults.enumerated() {
            let place = 1 + (rows.count - 1) * number / Self.faults.count
            rows.insert(Self.spoil(Self.cells(faulty[number]), fault, first: first), at: place)
        }
        return rows
    }

    static func cells(_ person: SamplePerson) -> Cells {
        [
            .name: person.name, .identityNumber: person.identityNumber, .sex: person.isMale ? "男" : "女",
            .ethnicity: person.people.rawValue, .workStart: SampleText.month(person.workStart),
            .retirement: SampleText.month(person.retirement),
            .politicalStatus: person.isPartyMember ? "中共党员" : "群众", .registeredAddress: person.address,
            .residence: person.address, .township: person.township.name, .community: person.community,
            .telephone: person.telephone, .pensionPlace: Township.countyName, .medicalPlace: Township.countyName,
            .basicPension: String(person.pensionInYuan), .outOfPool: person.hasOutOfPool ? "有" : "无",
            .retirementKind: "退休", .leaderManagement: person.isCommitteeManaged ? "县委组织部管理" : "",
        ]
    }

    private static func spoil(_ cells: Cells, _ fault: Fault, first: Cells) -> Cells {
        var cells = cells
        let number = cells[.identityNumber] ?? ""
        switch fault {
        case .checkCharacter: cells[.identityNumber] = number.dropLast() + (number.hasSuffix("1") ? "2" : "1")
        case .township:
            cells[.township] = ""
            cells[.registeredAddress] = "云南省\(Township.countyName)"
            cells[.residence] = ""
        case .twice: cells = first
        case .veteranCadre: cells[.retirementKind] = "离休"
        case .insuredElsewhere: cells[.pensionPlace] = "昆明市五华区"
        case .sex: cells[.sex] = cells[.sex] == "男" ? "女" : "男"
        case .lostDigits: cells[.identityNumber] = "5.32529E+17"
        }
        return cells
    }
}
