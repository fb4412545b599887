import Contracts
import Domain
import Messaging
import Web

/// One person with every track and a timeline. Each part is asked of the service that owns it, which checks role and
/// area and writes down who looked.
struct PersonPage: Page {
    static let path = "/people/:person"
    static let title = "个人台账"
    static let roles = GetPerson.roles

    func show(_ visit: Visit) throws -> HTML {
        guard let id = visit.request.parameter("person").flatMap({ Int64($0) }) else {
            throw CommonRefusal.unknownPerson
        }
        let person = PersonID(id)
        let record = try visit.ask(GetPerson(person: person))
        let states = try visit.desk.read { try $0.tracks(person) }
        let timeline = try visit.desk.read { try $0.timeline(person) }
        return """
            <p>\(Elements.status(record.row.status))　现由 <strong>\(record.managingUnit)</strong> 管理（自 \
            \(record.managedSince.chinese) 起，第二条）</p>\(record.returned.map(Self.returned))
            \(Elements.section("基本信息", basics(record)))
            \(Elements.section("各事项", tracks(visit, record, states)))
            \(Elements.section("经过", self.timeline(timeline.filter { $0.sensitivity.isShown(to: visit.officer.role) })))
            <p class="screen">\(Elements.link(LedgerPage.path, "‹ 返回台账"))</p>
            """
    }

    /// What the enterprise has to put right before it applies again.
    private static func returned(_ application: ReturnedApplication) -> HTML {
        """
        <p class="notice">\(application.on.chinese)，乡镇退回了移交申请。原因：\(application.cause.chinese)\
        \(application.explanation.map { "　具体情况：\($0)" })　\
        \(Elements.link(ApplicationPage.address(application.application), "第 \(application.application) 号申请"))</p>
        """
    }

    private func basics(_ record: PersonRecord) -> HTML {
        let pension = record.basicPensionInFen.map { "\(Money(amountInFen: $0)) 元/月" } ?? ""
        var pairs: [(String, String)] = [
            ("姓名", record.row.name), ("身份证号", record.identityNumber), ("性别", record.sex),
            ("民族", record.ethnicity), ("出生日期", record.birthday?.chinese ?? record.birthYear.map { "\($0)年" } ?? ""),
            ("政治面貌", record.politicalStatus),
            ("户籍地址", record.registeredAddress), ("现居住地址", record.residence), ("社区（村）", record.row.community),
            ("联系电话", record.telephone), ("基本养老金", pension),
        ]
        pairs += (record.facts ?? []).map { ($0.title, $0.text) }
        pairs += [
            ("移交企业", record.row.enterpriseName), ("乡镇", Elements.townshipName(record.row.township)),
            ("移交范围", record.scopeReason), ("核对方式", record.confirmedBy?.chinese ?? "未核对"),
            ("授权委托人", record.delegate ?? ""),
        ]
        let rows = pairs.filter { !$0.1.isEmpty }.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as HTML }
        let corrections = record.corrections.map {
            "<li>\($0.field.chinese)：\($0.before) → \($0.after)（\(Moment.text($0.at))）</li>" as HTML
        }
        let changed: HTML = corrections.isEmpty ? HTML() : "<h3>更正记录</h3><ul>\(corrections)</ul>"
        return """
            <dl class="facts">\(rows)<div><dt>联系卡</dt><dd>\(card(record))</dd></div></dl>\(changed)
            """
    }

    /// The card's number, which leads to the card.
    private func card(_ record: PersonRecord) -> HTML {
        guard let number = record.cardNumber else { return "未发放" }
        return Elements.link("/cards/\(record.row.person.rawValue)", number)
    }

    private func tracks(_ visit: Visit, _ record: PersonRecord, _ states: [Track: TrackState]) -> HTML {
        let person = record.row.person
        let role = visit.officer.role
        let rows: [[HTML]] = Track.allCases.compactMap { track in
            guard let state = states[track], state.isNeeded, track.sensitivity.isShown(to: role) else { return nil }
            let badge = Elements.badge(state.word, state.isDone ? .good : state.isLate ? .bad : .waiting)
            let since = state.since.map { " <small>\(CalendarDay($0).chinese)</small>" as HTML }
            return [
                "\(track.chinese)", "\(badge)\(since)", detail(visit, person, track),
                state.isDone ? HTML() : way(track, record, role),
            ]
        }
        return Elements.table(headers: ["事项", "状态", "详情", ""], rows: rows)
    }

    /// Where an account that has to act on an open track does so; nothing for whoever may only look.
    private func way(_ track: Track, _ record: PersonRecord, _ role: Role) -> HTML {
        let person = record.row
        let isManaged = person.status == .accepted || person.status == .handedOver
        let number = person.person.rawValue
        let page: (path: String, roles: Set<Role>) =
            switch track {
            case .acceptance: Self.acceptance(person.status, person.person)
            case .archives: ("/work/archives/\(number)", ReceiveFile.roles.union(SubmitCatalogue.roles))
            case .party:
                (
                    "/work/party/\(number)",
                    PrepareTransfer.roles.union(isManaged ? AcceptTransfer.roles.union(PlaceMember.roles) : [])
                )
            case .confirmation:
                // Once the data are verified only the card is left, and cards are issued from the list.
                (
                    record.confirmedBy == nil ? "/steps/\(ConfirmPerson.name)/\(number)" : ConfirmPage.path,
                    isManaged ? ConfirmPerson.roles : []
                )
            case .socialInsurance:
                (
                    role == .socialInsurance ? "/steps/\(CheckListed.name)/\(number)" : IntakePage.path,
                    isManaged ? BuildIntakeList.roles.union(CheckListed.roles) : []
                )
            case .health: ("/work/health/\(number)", isManaged ? OpenRecord.roles : [])
            case .benefits: ("/steps/\(RegisterBenefits.name)/\(number)", RegisterBenefits.roles)
            }
        return page.roles.contains(role) ? Elements.link(page.path, "办理") : HTML()
    }

    /// Up to the acceptance one office after the other has its step.
    private static func acceptance(
        _ status: PersonStatus, _ person: PersonID
    ) -> (path: String, roles: Set<Role>) {
        switch status {
        case .registered: ("/steps/\(VerifyPersons.name)/\(person.rawValue)", VerifyPersons.roles)
        case .verified: (ApplyPage.path, SubmitApplication.roles)
        case .applied: (ReceivePage.path, AcceptApplication.roles)
        case .accepted, .handedOver: (ReceivePage.path, [])
        }
    }

    /// What the owning service tells this account; its "no" or its silence is shown in its place only.
    private func detail(_ visit: Visit, _ person: PersonID, _ track: Track) -> HTML {
        do {
            switch track {
            case .archives: return try archives(visit.ask(GetFile(person: person)))
            case .party: return try party(visit.ask(GetTransfer(person: person)))
            case .socialInsurance, .benefits: return try benefits(visit.ask(GetBenefits(person: person)), track)
            case .health: return try health(visit.ask(GetHealthRecord(person: person)))
            case .acceptance, .confirmation: return HTML()
            }
        } catch let refusal as Refusal where refusal.kind == .notAllowed {
            return "<span class=\"muted\">无权查看</span>"
        } catch is Refusal {
            return "<span class=\"muted\">尚无记录</span>"
        } catch {
            return "<span class=\"muted\">暂时无法取得，该部门服务可能正在重启</span>"
        }
    }

    private func archives(_ file: FileRecord) -> HTML {
        let missing = file.missing.isEmpty ? "" : "，缺失材料 \(file.missing.count) 件（附证明）"
        return """
            \(file.state.chinese)\(file.receiptNumber.map { "，\($0)" })\(file.ground.map { "，\($0.chinese)" })\
            \(file.catalogue.isEmpty ? "" : "，目录 \(file.catalogue.count) 条")\(missing)\
            \(file.returnReasons.isEmpty ? "" : "，退回原因：\(file.returnReasons.joined(separator: "；"))")
            """
    }

    private func party(_ transfer: TransferRecord) -> HTML {
        """
        \(transfer.state.chinese)，现由 \(transfer.responsible) 负责\(transfer.letter.map { "，\($0.letterNumber)" })\
        \(transfer.branch.map { "，\($0)" })
        """
    }

    private func benefits(_ benefits: BenefitsRecord, _ track: Track) -> HTML {
        if track == .socialInsurance {
            guard let month = benefits.listMonth else { return "待列入月度名单" }
            return "\(month.chinese)名单\(benefits.check.map { "，\($0.chinese)" })"
        }
        let items = benefits.items.map { "\($0.kind.chinese) \(Money(amountInFen: $0.monthlyAmountInFen)) 元" }
        return "\(benefits.isRegistered ? (items.isEmpty ? "经核无此项" : items.joined(separator: "；")) : "待登记")"
    }

    private func health(_ record: HealthRecord) -> HTML {
        "\(record.state.chinese)\(record.recordNumber.map { "，编号 \($0)" })"
    }

    private func timeline(_ entries: [TimelineEntry]) -> HTML {
        let rows = entries.map { entry in
            """
            <li><time>\(Moment.text(entry.at))</time><span>\(entry.title)</span>\
            <small>\(entry.service.chinese)</small></li>
            """ as HTML
        }
        return rows.isEmpty ? "<p class=\"empty\">还没有记录。</p>" : "<ol class=\"timeline\">\(rows)</ol>"
    }
}

/// A moment as people read it, in the county's time.
enum Moment {
    static func text(_ at: Timestamp) -> String {
        // China has one zone, eight hours ahead of UTC.
        let minutes = (at.millisecondsSinceEpoch / 60_000 + 8 * 60) % 1440
        let parts = [minutes / 60, minutes % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return "\(CalendarDay(at)) \(parts.joined(separator: ":"))"
    }
}
