import Contracts
import Domain
import Glibc
import Messaging
import Web

/// Where all of it stands, for the working team (第十八条); it renews itself while it is open.
struct OverviewPage: Page {
    static let path = "/overview"
    static let title = "总览"
    static let roles: Set<Role> = [.workingTeam, .governmentOffice, .finance, .humanResources, .systemOperator]
    static let menu: String? = "总览"

    func show(_ visit: Visit) throws -> HTML {
        """
        <div id="overview" data-live="/events" data-fragment="/overview/fragment">\(try figures(visit.desk))</div>
        <noscript><p class="muted">浏览器未启用脚本，请刷新页面查看最新数字。</p></noscript>
        """
    }

    /// The part that is fetched again when something has changed.
    func figures(_ desk: Desk) throws -> HTML {
        let overview = try OverviewSource.overview(desk)
        return """
            <p class="muted">截至 \(Moment.text(overview.at))</p>
            \(summary(overview))\(milestones(overview))\(tracks(overview))\(townships(overview))\(services(overview))
            """
    }

    private func summary(_ overview: Overview) -> HTML {
        func figure(_ number: Int, _ text: String, _ address: String) -> HTML {
            "<a class=\"figure\" href=\"\(address)\"><strong>\(number)</strong><span>\(text)</span></a>"
        }
        let statuses = overview.statuses.map { count in
            figure(
                count.people, count.status.chinese,
                Address("/ledger", [("status", count.status.rawValue)]).string)
        }
        let overdue = overview.tracks.reduce(0) { $0 + $1.overdue }
        return """
            <div class="figures">\(figure(overview.people, "在册人员", "/ledger"))\(statuses)
            <span class="figure\(overdue > 0 ? " bad" : "")"><strong>\(overdue)</strong><span>逾期事项</span></span></div>
            """
    }

    private func milestones(_ overview: Overview) -> HTML {
        let rows: [[HTML]] = overview.milestones.map { milestone in
            [
                "\(milestone.title)", "\(milestone.article.citation)", "\(milestone.due.chinese)",
                Elements.progress(milestone.done, of: milestone.total),
                milestone.done >= milestone.total && milestone.total > 0
                    ? Elements.badge("完成", .good)
                    : milestone.isOverdue ? Elements.badge("逾期", .bad) : Elements.badge("进行中", .waiting),
            ]
        }
        if rows.isEmpty {
            return Elements.section(
                "阶段目标",
                """
                <p>目前没有集中移交工作方案，现为常态化移交：各事项按承诺的时限办理（第二十二条），\
                \(Elements.link(OverduePage.path, "逾期事项"))每日更新。</p>
                """)
        }
        return Elements.section(
            "阶段目标", Elements.table(headers: ["目标", "依据", "期限", "进度", "状态"], rows: rows))
    }

    private func tracks(_ overview: Overview) -> HTML {
        let headers = ["企业", "类别", "人数", "已全部移交"] + Track.allCases.map(\.chinese) + ["资产"]
        var rows: [[HTML]] = [
            [
                "<strong>全县</strong>", "", "\(overview.people)",
                "\(overview.statuses.first { $0.status == .handedOver }?.people ?? 0)",
            ] + overview.tracks.map(cell) + [HTML()]
        ]
        for enterprise in overview.enterprises {
            var row: [HTML] = [
                Elements.link(Address("/ledger", [("enterprise", enterprise.enterprise)]).string, enterprise.name),
                "\(Self.ownership(enterprise.ownership))", "\(enterprise.people)", "\(enterprise.handedOver)",
            ]
            row += enterprise.tracks.map(cell)
            row.append(assets(enterprise.assets))
            rows.append(row)
        }
        return Elements.section("各企业各事项进度", Elements.table(headers: headers, rows: rows))
    }

    private static func ownership(_ ownership: Ownership) -> String {
        switch ownership {
        case .county: "县属"
        case .prefecture: "州属"
        case .province: "省属"
        case .central: "中央"
        }
    }

    private func assets(_ state: AssetState) -> HTML {
        switch state {
        case .handedOver, .none: Elements.badge(state.chinese, .good)
        case .awaiting: Elements.badge(state.chinese)
        case .inventoried, .agreed: Elements.badge(state.chinese, .waiting)
        }
    }

    private func cell(_ track: TrackCount) -> HTML {
        guard track.needed > 0 else { return "<span class=\"muted\">—</span>" }
        let late: HTML = track.overdue > 0 ? "<br><span class=\"late\">逾期 \(track.overdue)</span>" : HTML()
        return "\(track.done)/\(track.needed)\(late)"
    }

    private func townships(_ overview: Overview) -> HTML {
        let rows: [[HTML]] = overview.townships.map { township in
            [
                Elements.link(Address("/ledger", [("township", township.township)]).string, township.name),
                "\(township.people)", Elements.progress(township.accepted, of: township.people),
                Elements.progress(township.handedOver, of: township.people),
                "\(township.tracks.reduce(0) { $0 + $1.overdue })",
            ]
        }
        return Elements.section(
            "各乡镇进度", Elements.table(headers: ["乡镇", "人数", "已接收", "已全部移交", "逾期事项"], rows: rows))
    }

    private func services(_ overview: Overview) -> HTML {
        let rows: [[HTML]] = (overview.services ?? []).map { service in
            [
                "\(service.service.chinese)", "\(service.instances)", "\(service.queued)", "\(service.lag)",
                service.hasWriter ? Elements.badge("正常", .good) : Elements.badge("无写入实例", .bad),
            ]
        }
        return Elements.section(
            "各部门服务",
            Elements.table(headers: ["服务", "实例", "排队", "待取事件", "状态"], rows: rows, empty: "暂时无法取得，总线可能正在重启。"))
    }
}

/// The overview with the services' health, which the broker tells.
enum OverviewSource {
    static func overview(_ desk: Desk) throws -> Overview {
        var overview = try desk.read { try OverviewAnswer.make($0, now: desk.now) }
        overview.services = try? services(desk)
        return overview
    }

    static func services(_ desk: Desk) throws -> [ServiceHealth] {
        let bus = try JSONCoding.value(BrokerSnapshot.self, from: desk.busStatus())
        let positions = try desk.read { try $0.positions() }
        return ServiceName.storing.map { service in
            let instances = bus.instances.filter { $0.service == service.rawValue && !$0.isWithdrawn }
            let head = bus.heads.first { $0.stream == service.rawValue }?.seq ?? 0
            let applied = service == .gateway ? head : positions[service.rawValue] ?? 0
            return ServiceHealth(
                service: service, instances: instances.count { $0.role != .client },
                hasWriter: instances.contains { $0.isActiveWriter },
                queued: bus.services.first { $0.service == service.rawValue }?.queued ?? 0,
                lag: max(0, head - applied))
        }
    }
}

/// Tells open overviews that something has changed; they fetch the figures anew.
enum LiveOverview {
    /// At most one word in so long: a roster of ten thousand rows is not ten thousand redrawings.
    private static let pauseInMilliseconds: UInt32 = 500

    static func events(_ web: GatewayWeb, _ visit: Visit) -> WebResponse {
        let seen = LastSeen(visit.desk.waitForChange(after: .max, timeoutInMilliseconds: 0))
        let stream = ServerSentEvents { timeoutInMilliseconds in
            if web.isStopped { return .end }
            let before = seen.version
            // What changed between the rendering of the page and the opening of its stream has nobody to tell of it.
            if seen.isOpening() { return .event(ServerSentEvent(event: "overview", data: String(before))) }
            // Short waits, so that the stream ends soon when the server stops.
            let version = visit.desk.waitForChange(
                after: before, timeoutInMilliseconds: min(timeoutInMilliseconds, 1000))
            guard version != before else { return .nothing }
            usleep(pauseInMilliseconds * 1000)
            seen.version = visit.desk.waitForChange(after: .max, timeoutInMilliseconds: 0)
            return .event(ServerSentEvent(event: "overview", data: String(seen.version)))
        }
        return WebResponse(
            headers: [WebField("Content-Type", "text/event-stream; charset=utf-8")], body: .stream(stream))
    }
}
