import Contracts
import Domain

/// What the registry knows of the people whom a step is about.
enum KnownOfPersons {
    static func records(_ asker: Asker, _ persons: [PersonID]) throws -> [PersonID: PersonRecord] {
        guard !persons.isEmpty else { return [:] }
        let rows = try asker.ask(ReadPersons(persons: persons)).rows
        return Dictionary(rows.map { ($0.row.person, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the community may correct, as it is registered.
    @Sendable static func registered(
        _ asker: Asker, _ persons: [PersonID]
    ) throws -> [PersonID: [String: FieldValue]] {
        try records(asker, persons).mapValues { record in
            Dictionary(
                uniqueKeysWithValues: CorrectableField.allCases.map {
                    ($0.rawValue, FieldValue.text(text(of: $0, record)))
                })
        }
    }

    private static func text(of field: CorrectableField, _ record: PersonRecord) -> String {
        switch field {
        case .name: record.row.name
        case .politicalStatus: record.politicalStatus
        case .telephone: record.telephone
        case .residence: record.residence
        case .registeredAddress: record.registeredAddress
        case .ethnicity: record.ethnicity
        case .community: record.row.community
        }
    }

    /// What stands among the compared already.
    private static let shown = ["参加工作", "退休时间", "养老保险参保地", "医疗保险参保地"]

    /// By what the file or the person is compared.
    @Sendable static func toCompare(_ asker: Asker, _ person: PersonID) throws -> [(String, String)] {
        guard let record = try records(asker, [person])[person] else { return [] }
        return [
            ("身份证号", record.identityNumber), ("性别", record.sex), ("出生日期", record.birthday?.chinese ?? ""),
            ("参加工作", record.workStart), ("退休时间", record.retirement), ("政治面貌", record.politicalStatus),
            ("户籍地址", record.registeredAddress), ("现居住地址", record.residence),
            ("养老保险参保地", record.pensionPlace), ("医疗保险参保地", record.medicalPlace),
            ("列入依据", record.scopeReason),
        ] + (record.facts ?? []).filter { !shown.contains($0.title) }.map { ($0.title, $0.text) }
    }

    @Sendable static func whereTheyLive(_ asker: Asker, _ person: PersonID) throws -> [(String, String)] {
        guard let record = try records(asker, [person])[person] else { return [] }
        return [
            ("社区（村）", record.row.community), ("现居住地址", record.residence),
            ("出生日期", record.birthday?.chinese ?? ""), ("联系电话", record.telephone),
        ]
    }
}

/// What is known of files that are awaited.
enum KnownOfFiles {
    /// The register's line and the catalogue as the enterprise entered them.
    @Sendable static func entered(
        _ asker: Asker, _ persons: [PersonID]
    ) throws -> [PersonID: [String: FieldValue]] {
        var known: [PersonID: [String: FieldValue]] = [:]
        for person in persons {
            guard let file = try asker.askIfAny(GetFile(person: person)), !file.catalogue.isEmpty else { continue }
            let catalogue = file.catalogue.map { entry in
                [
                    "classNumber": entry.classNumber, "title": entry.title, "formedOn": entry.formedOn ?? "",
                    "pages": String(entry.pages), "remark": entry.remark ?? "",
                ]
            }
            let missing = file.missing.map { material in
                ["classNumber": material.classNumber, "title": material.title, "proof": material.proof ?? ""]
            }
            known[person] = [
                "scheme": .text(file.scheme?.rawValue ?? ""), "volumes": .text(String(file.volumes)),
                "catalogue": .rows(lines(catalogue)), "missing": .rows(lines(missing)),
            ]
        }
        return known
    }

    private static func lines(_ cells: [[String: String]]) -> [FieldLine] {
        cells.enumerated().map { FieldLine(number: $0.offset + 1, cells: $0.element) }
    }
}

/// What is known of members whose relation is transferred.
enum KnownOfTransfers {
    /// What was entered before; where no base was, the pension from which dues are reckoned.
    @Sendable static func prepared(
        _ asker: Asker, _ persons: [PersonID]
    ) throws -> [PersonID: [String: FieldValue]] {
        let records = try KnownOfPersons.records(asker, persons)
        var known: [PersonID: [String: FieldValue]] = [:]
        for person in persons {
            guard let transfer = try asker.askIfAny(GetTransfer(person: person)) else { continue }
            let done = transfer.preparation
            var values: [String: FieldValue] = [
                "preparation.fileChecked": .text(done.fileChecked ? "on" : ""),
                "preparation.duesBaseVerified": .text(done.duesBaseVerified ? "on" : ""),
                "preparation.dataGathered": .text(done.dataGathered ? "on" : ""),
            ]
            if let kind = transfer.kind { values["kind"] = .text(kind.rawValue) }
            if let month = done.duesPaidThrough {
                values["preparation.duesPaidThrough"] = .text(month.description)
            }
            if let base = transfer.duesBaseInFen ?? records[person]?.basicPensionInFen {
                values["duesBaseInFen"] = .text(Money(amountInFen: base).description)
            }
            known[person] = values
        }
        return known
    }

    /// The Party committee of the township that takes the person over.
    @Sendable static func addressee(
        _ asker: Asker, _ persons: [PersonID]
    ) throws -> [PersonID: [String: FieldValue]] {
        let rows = try asker.ask(NamePersons(persons: persons)).rows
        return Dictionary(
            rows.map { ($0.person, ["organization": .text("\(Elements.townshipName($0.township))党委")]) },
            uniquingKeysWith: { first, _ in first })
    }
}

/// What is known of benefits outside the pool.
enum KnownOfBenefits {
    /// What was entered before, else what the roster tells of items that the enterprise's survey found.
    @Sendable static func items(
        _ asker: Asker, _ persons: [PersonID]
    ) throws -> [PersonID: [String: FieldValue]] {
        let records = try KnownOfPersons.records(asker, persons)
        let surveys = try surveys(asker)
        var known: [PersonID: [String: FieldValue]] = [:]
        for person in persons {
            let entered = try asker.askIfAny(GetBenefits(person: person))?.items ?? []
            var lines = entered.map { line($0.kind, $0.monthlyAmountInFen, $0.channel) }
            if lines.isEmpty, let record = records[person] {
                lines = RosterItems.read(record.outOfPool).filter { item in
                    surveys[record.row.enterprise]?.items.contains { $0.kind == item.kind } ?? false
                }.map { line($0.kind, $0.amountInFen, .enterprise) }
            }
            guard !lines.isEmpty else { continue }
            known[person] = [
                "items": .rows(lines.enumerated().map { FieldLine(number: $0.offset + 1, cells: $0.element) })
            ]
        }
        return known
    }

    private static func line(_ kind: BenefitKind, _ amount: Int64, _ channel: PaymentChannel) -> [String: String] {
        [
            "kind": kind.chinese, "monthlyAmountInFen": Money(amountInFen: amount).description,
            "channel": channel.chinese,
        ]
    }

    private static func surveys(_ asker: Asker) throws -> [String: SurveyRecord] {
        let rows = try asker.ask(ListSurveys()).rows
        return Dictionary(rows.map { ($0.enterprise, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The caps that the survey set, beside what the roster says.
    @Sendable static func caps(_ asker: Asker, _ person: PersonID) throws -> [(String, String)] {
        guard let record = try KnownOfPersons.records(asker, [person])[person] else { return [] }
        let survey = try surveys(asker)[record.row.enterprise]
        let caps = survey?.items.map { "\($0.kind.chinese)每月不超过 \(Money(amountInFen: $0.monthlyCapInFen)) 元" } ?? []
        let found = survey?.isFrozen == true ? (caps.isEmpty ? "无统筹外项目" : caps.joined(separator: "；")) : "企业尚未清查报送"
        return [("名册所列", record.outOfPool), ("企业清查标准", found)]
    }

    /// What the agency found before.
    @Sendable static func finding(_ asker: Asker, _ person: PersonID) throws -> [(String, String)] {
        let benefits = try asker.ask(GetBenefits(person: person))
        return [
            ("上次核对", benefits.check?.chinese ?? ""), ("差异说明", benefits.note ?? ""),
            ("名单月份", benefits.listMonth?.chinese ?? ""),
        ] + (try KnownOfPersons.toCompare(asker, person))
    }
}

/// The out-of-pool items of a roster's cell, such as `按月生活补贴 180 元/月；供暖费补贴120元`. What has no amount, or no
/// kind of the list, is left to whoever fills in the form.
enum RosterItems {
    static func read(_ text: String) -> [(kind: BenefitKind, amountInFen: Int64)] {
        TextForm.narrowing(text).split { "；;，,、\n".contains($0) }.compactMap { part in
            guard let kind = BenefitKind.allCases.first(where: { part.contains($0.chinese.prefix { $0 != "（" }) })
            else {
                return nil
            }
            let digits = part.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
            guard let amount = try? Money(String(digits)), amount.amountInFen > 0 else { return nil }
            return (kind, amount.amountInFen)
        }
    }
}
