import Contracts
import Glibc
import Kernel

extension Bench {
    /// What the disk gives: 4 KiB appended and synced (fdatasync(2)), which bounds every durable commit.
    func disk() throws {
        let path = "\(folder)/disk"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandFailure.failed("不能写入 \(path)。") }
        defer {
            close(descriptor)
            unlink(path)
        }
        let block = [UInt8](repeating: 0x5a, count: 4096)
        for _ in 0..<rounds {
            var latencies: [Int64] = []
            for _ in 0..<(isShort ? 20 : 200) {
                let start = MonotonicClock.microseconds()
                guard write(descriptor, block, block.count) == block.count, fdatasync(descriptor) == 0 else {
                    throw CommandFailure.failed("不能写入 \(path)。")
                }
                latencies.append(MonotonicClock.microseconds() - start)
            }
            latencies.sort()
            add(.disk, "fdatasync 中位", by: "disk", Double(latencies[latencies.count / 2]), "µs")
            add(.disk, "fdatasync 99%", by: "disk", Double(latencies[latencies.count * 99 / 100]), "µs")
        }
    }

    /// Durable commands a second, and what one takes, at several numbers of callers; all in turn in each round.
    func commands() throws {
        let folder = try make("rivals")
        let (whole, alone) = (try whole(), try alone())
        let request = BenchRequests.command
        var contestants: [any BenchContestant] = [
            try BenchOurs("jieli", whole, request, as: BenchRequests.humanResources),
            try BenchOurs("jieli 无跟随者", alone, request, as: BenchRequests.humanResources),
        ]
        let redis = try RivalServer.redis(in: "\(folder)/redis")
        if let redis { contestants.append(redis.1) } else { remark("没有安装 redis-server，未作比较。") }
        let nats = try RivalServer.nats(in: "\(folder)/nats")
        if let nats {
            contestants.append(nats.1)
            remark("nats：JetStream 文件存储；2.9 版答复前只写入文件，不逐条落盘（sync_interval: always 自 2.10 起），断电可丢。")
        } else {
            remark("没有安装 nats-server，未作比较。")
        }
        let sqlite = try SQLiteRival(in: folder)
        contestants.append(sqlite)
        defer {
            redis?.0.stop()
            nats?.0.stop()
            sqlite.stop()
        }
        for round in 1...rounds {
            for callers in isShort ? [1, 50] : [1, 10, 50, 200] {
                for contestant in contestants {
                    progress("持久命令 第 \(round)/\(rounds) 轮，\(callers) 个并发，\(contestant.name)")
                    let sample = try contestant.measure(callers: callers, forMilliseconds: spanInMilliseconds)
                    note(.commands, "\(callers) 并发", contestant.name, sample)
                    // What followers have left to do must not fall into another's span.
                    if contestant.name == "jieli" {
                        let start = MonotonicClock.milliseconds()
                        try whole.settle()
                        add(
                            .commands, "\(callers) 并发，停后跟齐", Double(MonotonicClock.milliseconds() - start), "ms")
                    }
                }
            }
        }
    }

    /// Queries a second beside libzmq alone, which answers without thinking.
    func queries() throws {
        let county = try alone()
        let libzmq = try ZeroMQRival(in: try make("libzmq"))
        defer { libzmq.stop() }
        let contestants: [any BenchContestant] = [
            try BenchOurs("jieli", county, BenchRequests.query, as: BenchRequests.humanResources), libzmq,
        ]
        for round in 1...rounds {
            for callers in isShort ? [1] : [1, 50] {
                for contestant in contestants {
                    progress("查询 第 \(round)/\(rounds) 轮，\(callers) 个并发，\(contestant.name)")
                    let sample = try contestant.measure(callers: callers, forMilliseconds: spanInMilliseconds)
                    note(.queries, "\(callers) 并发", contestant.name, sample)
                }
            }
        }
    }

    private func note(_ row: BenchRow, _ what: String, _ by: String, _ sample: BenchSample) {
        add(row, "\(what)，每秒", by: by, sample.perSecond, "条")
        add(row, "\(what)，中位", by: by, sample.latency(atHundredth: 50), "µs")
        add(row, "\(what)，99%", by: by, sample.latency(atHundredth: 99), "µs")
    }
}
