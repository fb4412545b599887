import Contracts
import Domain
import Host
import Messaging
import Sealing
import Store

extension OpenRun {
    func execute(_ runs: RunWriter) throws -> RunOpened {
        guard (1...RunRule.mostItems).contains(items) else { throw GatewayRefusal.runSize }
        return RunOpened(run: try runs.open(self))
    }
}

extension ProveRun {
    func execute(_ runs: RunWriter) throws -> Done {
        guard let proof = Hex.decode(proof) else { throw CommonRefusal.malformed.naming(["proof"]) }
        try runs.prove(try runs.chosen(run).id, proof)
        return Done()
    }
}

extension AddRunItems {
    func execute(_ runs: RunWriter) throws -> Done {
        let run = try runs.chosen(self.run)
        guard run.state == .ready else { throw GatewayRefusal.runStarted }
        guard first >= 0, first + items.count <= run.items else { throw GatewayRefusal.runSize }
        for (index, item) in items.enumerated() { try runs.add(item, at: first + index, to: run.id) }
        try runs.count(run.id)
        return Done()
    }
}

extension StartRun {
    /// Started twice is started once.
    func execute(_ runs: RunWriter) throws -> Done {
        let run = try runs.chosen(self.run)
        switch run.state {
        case .running, .finished: return Done()
        case .stopped: throw GatewayRefusal.runStarted
        case .ready: break
        }
        guard try runs.isComplete(run) else { throw GatewayRefusal.runIncomplete }
        try runs.set(.running, run.id)
        try runs.finishIfDone(run.id)
        return Done()
    }
}

extension StopRun {
    func execute(_ runs: RunWriter) throws -> Done {
        let run = try runs.chosen(self.run)
        if run.state == .ready || run.state == .running { try runs.set(.stopped, run.id) }
        return Done()
    }
}

extension NoteRun {
    /// What is known of an item already stays.
    func execute(_ runs: RunWriter) throws -> Done {
        let run = try runs.chosen(self.run)
        for outcome in outcomes { try runs.note(outcome, run.id) }
        try runs.count(run.id)
        try runs.finishIfDone(run.id)
        return Done()
    }
}

/// The gateway's runs in the hands of a command: named writes that keep the invariants.
struct RunWriter {
    let context: WriteContext
    let tools: ServiceTools
    private var transaction: Transaction { context.transaction }

    /// The run that a command is about, of the officer's own office.
    func chosen(_ id: Int64) throws -> StoredRun {
        guard let run = try GatewayReads(transaction).run(id), run.isOpen(to: context.officer) else {
            throw GatewayRefusal.unknownRun
        }
        return run
    }

    func open(_ run: OpenRun) throws -> Int64 {
        try transaction.execute(
            """
            INSERT INTO run(user, officer, step, version, origin, file_name, again, remarks, state, session, begun,
                items)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, 'ready', ?, ?, ?)
            """, context.officer.user, String(decoding: try JSONCoding.bytes(context.officer), as: UTF8.self),
            run.step, run.version, run.origin.rawValue, run.fileName, run.again,
            run.remarks?.joined(separator: "\n"), Int64(bitPattern: tools.randomness.number()), context.now, run.items)
        return try transaction.scalar("SELECT last_insert_rowid()") ?? 0
    }

    func prove(_ run: Int64, _ proof: [UInt8]) throws {
        try transaction.execute("UPDATE run SET proof = ? WHERE id = ?", proof, run)
    }

    /// What cannot be made a command has its outcome at once.
    func add(_ item: RunItem, at place: Int, to run: Int64) throws {
        let refusal = item.refusal ?? (item.command == nil ? CommonRefusal.malformed : nil)
        try transaction.execute(
            """
            INSERT OR IGNORE INTO run_item(run, place, person, sheet_row, command, filled, outcome, refusal)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?)
            """, run, place, item.person?.rawValue, item.sheetRow, seal(item.command, "command", run, place),
            seal(String(decoding: try JSONCoding.bytes(item.filled), as: UTF8.self), "filled", run, place),
            refusal.map { _ in StoredRunItem.Outcome.refused.rawValue },
            try refusal.map { String(decoding: try JSONCoding.bytes($0), as: UTF8.self) })
    }

    func note(_ outcome: NoteRun.Outcome, _ run: Int64) throws {
        let (place, refusal) = (outcome.place, outcome.refusal)
        if let refusal {
            try transaction.execute(
                "UPDATE run_item SET outcome = 'refused', refusal = ? WHERE run = ? AND place = ? AND outcome IS NULL",
                String(decoding: try JSONCoding.bytes(refusal), as: UTF8.self), run, place)
        } else {
            try transaction.execute(
                """
                UPDATE run_item SET outcome = 'done', word = ?, command = NULL, filled = NULL
                WHERE run = ? AND place = ? AND outcome IS NULL
                """, seal(outcome.word, "word", run, place), run, place)
        }
    }

    func count(_ run: Int64) throws {
        try transaction.execute(
            """
            UPDATE run SET done = (SELECT count(*) FROM run_item WHERE run = ?1 AND outcome = 'done'),
                refused = (SELECT count(*) FROM run_item WHERE run = ?1 AND outcome = 'refused') WHERE id = ?1
            """, run)
    }

    func isComplete(_ run: StoredRun) throws -> Bool {
        try transaction.scalar("SELECT count(*) FROM run_item WHERE run = ?", run.id) == Int64(run.items)
    }

    func set(_ state: RunState, _ run: Int64) throws {
        let hasEnded = state == .stopped || state == .finished
        try transaction.execute(
            "UPDATE run SET state = ?, ended = ? WHERE id = ?", state.rawValue, hasEnded ? context.now : nil, run)
    }

    func finishIfDone(_ run: Int64) throws {
        try transaction.execute(
            """
            UPDATE run SET state = 'finished', ended = ?
            WHERE id = ? AND state = 'running' AND done + refused = items
            """, context.now, run)
    }

    /// What was filled in is kept to be mended and sent again, and not for ever.
    func forgetOld() throws {
        let limit = context.now.advanced(byMilliseconds: -Int64(RunRule.keptInDays) * 86_400_000)
        let runs = try transaction.rows(
            """
            SELECT DISTINCT run FROM run_item JOIN run ON run.id = run_item.run
            WHERE (command IS NOT NULL OR filled IS NOT NULL) AND begun < ? LIMIT 10
            """, limit
        ) { try $0.integer(0) }
        for run in runs {
            try transaction.execute("UPDATE run_item SET command = NULL, filled = NULL WHERE run = ?", run)
            try transaction.execute(
                "UPDATE run SET state = 'stopped', ended = ? WHERE id = ? AND state IN ('ready', 'running')",
                context.now, run)
        }
    }

    private func seal(_ text: String?, _ column: String, _ run: Int64, _ place: Int) -> [UInt8]? {
        text.map { tools.sealer.seal($0, purpose: StoredRunItem.purpose(column, run, place)) }
    }
}
