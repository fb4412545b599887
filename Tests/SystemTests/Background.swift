import Kernel
import Support
import Testing

/// Something that goes on beside the test.
final class Background: Sendable {
    private let outcome = Monitor<Result<Program, any Error>?>(nil)

    init(_ body: @escaping @Sendable () throws -> Program) {
        OwnThread.essential(name: "beside") { [self] in
            let result = Result { try body() }
            outcome.update { $0 = result }
        }
    }

    var isOver: Bool { outcome.read { $0 != nil } }

    func result() throws -> Program {
        try #require(outcome.wait(forMilliseconds: 600_000) { $0 }).get()
    }
}
