import Contracts
import Domain
import Host
import Recount
import Sealing
import Store

/// Holds the ledger of acknowledged commands against the stores, as they lie on the disk.
struct ChaosAudit {
    let county: CountyFolder
    let ledger: ChaosLedger

    /// - Returns: every service's log, for the recount.
    func run() throws -> [ServiceName: [LoggedEvent]] {
        let entries = try ChaosLedger.read(ledger.path)
        checkChains()
        var logs: [ServiceName: [LoggedEvent]] = [:]
        for service in Supervision.storing {
            logs[service] = try read(service) { snapshot in
                let sealer = Sealer(try SealingKey.load(from: KeyFolder(county.keys).sealingFile(service)))
                try check(entries.filter { $0.service == service }, stored: snapshot, sealer)
                return try snapshot.rows("SELECT name, key, body FROM log ORDER BY seq") { row in
                    LoggedEvent(name: try row.text(0), key: try row.text(1), body: try row.blob(2))
                }
            }
        }
        check(entries, effects: logs)
        try checkPeople(entries, logs)
        try checkOffsets()
        return logs
    }

    private func read<R>(_ service: ServiceName, _ body: (Snapshot) throws -> R) throws -> R {
        let store = try ReadableStore(path: county.storeFile(service), stream: service.rawValue)
        defer { store.close() }
        return try store.read(body)
    }

    private func checkChains() {
        for service in Supervision.storing {
            let check = StoreCheck(service, at: county.storeFile(service))
            for finding in check.findings { ledger.violate(.damaged, "\(service.chinese)：\(finding)") }
        }
    }

    /// What was answered is what the store will answer for ever.
    private func check(_ entries: [ChaosEntry], stored: Snapshot, _ sealer: Sealer) throws {
        for entry in entries {
            let identity = CommandIdentity(
                caller: ServiceName.jieli.rawValue, session: entry.session, counter: Int64(bitPattern: entry.counter))
            guard let result = try stored.result(for: identity) else {
                ledger.violate(.lost, "\(entry.message) \(entry.session)/\(entry.counter) 已答复，库中没有结果")
                continue
            }
            let isDone = result.status == StoredResult.done
            let body = try? SealedResults.body(result, of: identity, sealer)
            if isDone != entry.isDone || body.map({ Hex.encode(SM3.digest($0)) }) != entry.answer {
                ledger.violate(.answer, "\(entry.message) \(entry.session)/\(entry.counter) 库中的结果不是所答复的")
            }
        }
    }

    /// Of every event that a command brings there are exactly as many as were acknowledged; every other event is there
    /// once.
    private func check(_ entries: [ChaosEntry], effects logs: [ServiceName: [LoggedEvent]]) {
        var expected: [ChaosEffect: Int] = [:]
        for effect in entries.flatMap(\.effects) { expected[effect, default: 0] += 1 }
        var commanded: Set<String> = []
        for effect in expected.keys { commanded.insert(effect.name) }
        var found: [ChaosEffect: Int] = [:]
        for (service, log) in logs {
            var seen: Set<String> = []
            for told in log {
                if commanded.contains(told.name) {
                    found[ChaosEffect(stream: service, name: told.name, key: told.key), default: 0] += 1
                } else if !seen.insert("\(told.name) \(told.key) \(Hex.encode(SM3.digest(told.body)))").inserted {
                    ledger.violate(.doubled, "\(told.name) \(told.key) 出现两次")
                }
            }
        }
        for effect in Set(expected.keys).union(found.keys) {
            let (wanted, there) = (expected[effect] ?? 0, found[effect] ?? 0)
            if there < wanted {
                ledger.violate(.lost, "\(effect.name) \(effect.key) 应有 \(wanted) 条，日志中有 \(there) 条")
            } else if there > wanted {
                ledger.violate(.doubled, "\(effect.name) \(effect.key) 应有 \(wanted) 条，日志中有 \(there) 条")
            }
        }
    }

    /// People whose numbers stand in no answer: by their roster, and by the lists that took them.
    private func checkPeople(_ entries: [ChaosEntry], _ logs: [ServiceName: [LoggedEvent]]) throws {
        var wanted: [Int64: Int] = [:]
        for entry in entries {
            if let roster = entry.roster, let registered = entry.registered { wanted[roster, default: 0] += registered }
        }
        var there: [Int64: Int] = [:]
        for told in logs[.registry] ?? [] where told.name == PersonRegistered.name {
            there[try JSONCoding.value(PersonRegistered.self, from: told.body).roster, default: 0] += 1
        }
        for roster in Set(wanted.keys).union(there.keys) {
            let (wanted, there) = (wanted[roster] ?? 0, there[roster] ?? 0)
            if wanted != there {
                ledger.violate(there < wanted ? .lost : .doubled, "名册 \(roster) 应登记 \(wanted) 人，日志中有 \(there) 人")
            }
        }
        let listed = (logs[.benefitsLiaison] ?? []).filter { $0.name == PersonListed.name }
        let taken = entries.compactMap(\.listed).reduce(0, +)
        if listed.count != taken || Set(listed.map(\.key)).count != listed.count {
            ledger.violate(listed.count < taken ? .lost : .doubled, "名单应有 \(taken) 人，日志中有 \(listed.count) 人")
        }
    }

    /// Each follower has applied each log to its very end: the same number and the same hash.
    private func checkOffsets() throws {
        var heads: [String: LogHead] = [:]
        var offsets: [ServiceName: [String: StreamOffset]] = [:]
        for service in Supervision.storing {
            (heads[service.rawValue], offsets[service]) = try read(service) { (try $0.head(), try $0.offsets()) }
        }
        for (follower, applied) in offsets {
            for (stream, offset) in applied {
                guard let head = heads[stream] else { continue }
                if offset.epoch != head.epoch || offset.seq != head.seq || offset.hash != head.hash {
                    ledger.violate(.stuck, "\(follower.chinese)取用 \(stream) 到第 \(offset.seq) 条，该日志末条为 \(head.seq)")
                }
            }
        }
    }

    /// What a program of its own followed over the bus is what lies in the store.
    func check(_ follower: ChaosFollower) throws {
        let head = try read(.registry) { try $0.head() }
        let hasCome = Pause.until(withinMilliseconds: 10_000) { follower.applied?.seq == head.seq }
        guard hasCome, follower.applied?.hash == head.hash else {
            return ledger.violate(.stuck, "跟随者取用到第 \(follower.applied?.seq ?? 0) 条，移交台账日志末条为 \(head.seq)")
        }
    }
}
