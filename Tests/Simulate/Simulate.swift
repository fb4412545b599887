import FoundationEssentials
import Glibc
import Kernel
import Simulation

/// `jieli simulate`.
@main
enum Simulate {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.contains("--help") || arguments.contains("-h") {
            print(SimulateOptions.help)
            exit(0)
        }
        do {
            let options = try SimulateOptions(arguments)
            if let stride = options.stride { Worker.run(options, stride: stride) }
            exit(oversee(options))
        } catch {
            say("\(error.what)。\n\n\(SimulateOptions.help)")
            exit(64)
        }
    }

    private static func oversee(_ options: SimulateOptions) -> Int32 {
        var verdict = Verdict(options)
        let began = MonotonicClock.milliseconds()
        var saidAt = began
        Workers(options).run { line in
            verdict.take(line)
            let now = MonotonicClock.milliseconds()
            if now - saidAt >= 5000 {
                saidAt = now
                say(verdict.progress(afterMilliseconds: now - began))
            }
            return !(options.untilBroken && verdict.isBroken)
        }
        verdict.durationInMilliseconds = MonotonicClock.milliseconds() - began
        print(options.isJSON ? verdict.json : verdict.text)
        return verdict.holds ? 0 : 1
    }

    static func say(_ text: String) {
        let line = Array("\(text)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }
}

/// A process that runs its share of the seeds. Each line it writes is one word and what belongs to it.
enum Worker {
    static func run(_ options: SimulateOptions, stride: UInt64) -> Never {
        let end = options.first + options.seeds
        for seed in Swift.stride(from: options.first, to: end, by: UInt64.Stride(stride)) {
            tell("begun \(seed)")
            do {
                let figures = try Simulation.run(options.county, seed: seed)
                let text = (try? JSONEncoder().encode(figures)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
                tell("held \(seed) \(text)")
            } catch {
                tell("broken \(seed) \(String(describing: error).split(separator: "\n").joined(separator: " "))")
            }
        }
        exit(0)
    }

    /// One write for each line, so that nothing is held back when the process is lost.
    private static func tell(_ text: String) {
        let line = Array("\(text)\n".utf8)
        guard write(STDOUT_FILENO, line, line.count) == line.count else { _exit(1) }
    }
}
