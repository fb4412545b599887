import Synchronization

/// What happened since `up`, line by line: for the terminal, or for the command that started a detached supervisor.
final class StartAccount: Sendable {
    private let state = Mutex<(phase: ControlAnswer.Phase, lines: [String])>((.starting, []))
    private let isPrinting: Bool

    init(isPrinting: Bool) { self.isPrinting = isPrinting }

    func say(_ line: String) {
        state.withLock { $0.lines.append(line) }
        if isPrinting { Terminal.print(line) }
    }

    func enter(_ phase: ControlAnswer.Phase) { state.withLock { $0.phase = phase } }

    var phase: ControlAnswer.Phase { state.withLock { $0.phase } }

    func lines(after known: Int) -> [String] { state.withLock { Array($0.lines.dropFirst(max(0, known))) } }
}
