import Glibc
import Support
import Testing

/// What an operator is told when a county's folder is not as it should be, and that the rest goes on.
@Suite("A spoilt data folder", .serialized)
struct SpoiltFolderTests {
    /// Starts a county once, spoils it while it is down, and starts it again.
    private func spoil(
        _ spoil: (RunningCounty) async throws -> Void,
        then check: (RunningCounty, Program) async throws -> Void
    ) async throws {
        let county = try RunningCounty()
        await county.whileCleaningUp {
            let first = try await county.up()
            try #require(first.status == 0, "\(first.errors)")
            try #require(try await county.jieli("down").status == 0)
            try await spoil(county)
            try await check(county, county.up())
        }
    }

    /// The service named does not run, and everybody else does.
    private func expectOthersToLive(without service: String, _ county: RunningCounty) async throws {
        let status = try await county.status()
        #expect(status.phase == "degraded")
        for program in RunningCounty.programs where program != service {
            #expect(status.instance("\(program)-1")?.state == "running", "\(program)")
        }
        #expect(status.instance("\(service)-1")?.role == "none")
    }

    private func store(_ county: RunningCounty) -> String { "\(county.data)/stores/assets/assets.sqlite" }

    @Test("a damaged store is named, and the other services live")
    func damaged() async throws {
        try await spoil {
            let file = try #require(fopen(store($0), "r+"))
            fwrite([UInt8](repeating: 0x5a, count: 4096), 1, 4096, file)
            fclose(file)
        } then: { county, up in
            #expect(up.status == 1)
            #expect(up.output.contains("资产划转（assets）没有启动") && up.output.contains("store."))
            try await expectOthersToLive(without: "assets", county)
        }
    }

    @Test("another store's sealing key is named before anything is read or sealed with it")
    func foreignSeal() async throws {
        try await spoil { county in
            let keys = "\(county.data)/keys"
            let swapped = try await Program.runAside("cp", ["\(keys)/archives.seal", "\(keys)/assets.seal"])
            try #require(swapped.status == 0, "\(swapped.errors)")
        } then: { county, up in
            #expect(up.status == 1)
            #expect(up.output.contains("assets.seal 与数据文件不是一对"), "\(up.output)")
            try await expectOthersToLive(without: "assets", county)
        }
    }

    @Test("a lost ledger is neither made anew nor filled with the sample; verify and up name it, and the others live")
    func lostLedger() async throws {
        let county = try RunningCounty()
        await county.whileCleaningUp {
            try #require(try await county.up().status == 0)
            try #require(try await county.jieli("down").status == 0)
            let store = "\(county.data)/stores/registry/registry.sqlite"
            for suffix in ["", "-wal", "-shm"] { unlink(store + suffix) }
            let verified = try await county.jieli("verify")
            #expect(verified.status == 1 && verified.output.contains("没有数据文件"))
            let again = try await county.up([])
            #expect(again.status == 1 && again.output.contains("不见了"), "\(again.output)")
            try await expectOthersToLive(without: "registry", county)
        }
    }

    @Test("a start that was broken off while keys were made is completed by the next")
    func halfMadeKeys() async throws {
        try await spoil {
            unlink("\($0.data)/keys/public-keys")
        } then: { _, up in
            #expect(up.status == 0, "\(up.errors)\(up.output)")
        }
    }

    @Test("another program's database is named, and the other services live")
    func foreign() async throws {
        try await spoil { county in
            for suffix in ["", "-wal", "-shm"] { unlink(store(county) + suffix) }
            let made = try await Program.runAside(
                "sqlite3", [store(county), "CREATE TABLE mine(a); PRAGMA application_id=7"])
            try #require(made.status == 0, "\(made.errors)")
        } then: { county, up in
            #expect(up.status == 1)
            #expect(up.output.contains("store.foreign"))
            try await expectOthersToLive(without: "assets", county)
        }
    }

    @Test("a store of a newer program is named, and the other services live")
    func newer() async throws {
        try await spoil { county in
            let made = try await Program.runAside(
                "sqlite3",
                [
                    store(county),
                    """
                    INSERT INTO store_migrations
                    SELECT position + 1, 'from-the-future', digest, applied_at FROM store_migrations
                    ORDER BY position DESC LIMIT 1
                    """,
                ])
            try #require(made.status == 0, "\(made.errors)")
        } then: { county, up in
            #expect(up.status == 1)
            #expect(up.output.contains("store.newer"))
            try await expectOthersToLive(without: "assets", county)
        }
    }

    @Test("a lost sealing key is not replaced, because the new one would not open the old data")
    func missingKey() async throws {
        try await spoil {
            unlink("\($0.data)/keys/assets.seal")
        } then: { county, up in
            #expect(up.status == 1)
            #expect(up.errors.contains("缺少密钥文件") && up.errors.contains("从备份恢复"))
            #expect(access("\(county.data)/keys/assets.seal", F_OK) != 0)
            #expect(county.processes.isEmpty)
        }
    }

    @Test("a lost connection key is made anew, since nothing was sealed with it")
    func missingConnectionKey() async throws {
        try await spoil {
            unlink("\($0.data)/keys/assets.curve")
        } then: { county, up in
            #expect(up.status == 0, "\(up.errors)\(up.output)")
            let status = try await county.status()
            #expect(status.instance("assets-1")?.role == "writer")
        }
    }

    @Test("a sealing key that others may read is refused by its service")
    func openKey() async throws {
        try await spoil {
            chmod("\($0.data)/keys/assets.seal", 0o644)
        } then: { county, up in
            #expect(up.status == 1)
            #expect(up.output.contains("key-file-too-open"))
            try await expectOthersToLive(without: "assets", county)
        }
    }

    @Test("verify tells an altered log from a sound one, while the services run and while they do not")
    func verify() async throws {
        let county = try RunningCounty()
        await county.whileCleaningUp {
            try #require(try await county.up().status == 0)
            let account = try await county.jieli(
                "user", ["add", "yunwei", "--role", "operator", "--password-stdin"], input: "long enough\n")
            try #require(account.status == 0, "\(account.errors)")
            let running = try await county.jieli("verify")
            #expect(running.status == 0 && running.output.contains("完好"))
            #expect(!running.output.contains("有问题"))
            try #require(try await county.jieli("down").status == 0)
            let stopped = try await county.jieli("verify", ["--json"])
            #expect(stopped.status == 0 && stopped.output.contains("\"isSound\":true"))
            let altered = try await Program.runAside(
                "sqlite3",
                [
                    "\(county.data)/stores/accounts/accounts.sqlite",
                    "DROP TRIGGER log_keeps_records; UPDATE log SET actor = 'nobody' WHERE seq = 1",
                ])
            try #require(altered.status == 0, "\(altered.errors)")
            let found = try await county.jieli("verify")
            #expect(found.status == 1 && found.output.contains("有问题"))
            #expect(found.errors.contains("账号登录"))
        }
    }

    @Test("verify holds each log against what others have applied of it: a log rewritten with a new chain is found")
    func rewritten() async throws {
        let county = try RunningCounty()
        await county.whileCleaningUp {
            try #require(try await county.up(["--sample", "100"]).status == 0)
            try #require(try await county.jieli("down").status == 0)
            let sound = try await county.jieli("verify")
            #expect(sound.status == 0, "\(sound.output)\(sound.errors)")
            // Whoever can write the file leaves the last record out and puts the head back: a sound chain, but shorter.
            let store = "\(county.data)/stores/registry/registry.sqlite"
            let cut = try await Program.runAside(
                "sqlite3",
                [
                    store,
                    """
                    DROP TRIGGER log_loses_nothing;
                    DELETE FROM log WHERE seq = (SELECT max(seq) FROM log);
                    UPDATE store_identity SET head_seq = (SELECT max(seq) FROM log),
                        head_hash = (SELECT hash FROM log ORDER BY seq DESC LIMIT 1);
                    """,
                ])
            try #require(cut.status == 0, "\(cut.errors)")
            let found = try await county.jieli("verify")
            #expect(found.status == 1 && found.output.contains("已取用到第"), "\(found.output)\(found.errors)")
        }
    }
}
