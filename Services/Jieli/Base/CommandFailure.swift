import Contracts
import Host
import Messaging
import Sealing
import Sheets
import Store

/// Why a command ends without success: what to say, and the status to end with.
struct CommandFailure: Error {
    /// As in sysexits.h: EX_USAGE and EX_UNAVAILABLE.
    static let usageStatus: Int32 = 64
    static let notRunningStatus: Int32 = 69
    /// As a shell tells of a program that Ctrl-C ended.
    static let interruptedStatus: Int32 = 130

    let message: String
    let status: Int32

    static func usage(_ message: String) -> CommandFailure { CommandFailure(message: message, status: usageStatus) }
    static func failed(_ message: String) -> CommandFailure { CommandFailure(message: message, status: 1) }
    static func notRunning(_ county: CountyFolder) -> CommandFailure {
        CommandFailure(
            message: "没有在运行（数据目录 \(county.path)）。请先执行 jieli up，或用 --data 指定正在运行的数据目录。",
            status: notRunningStatus)
    }

    init(message: String, status: Int32) {
        self.message = message
        self.status = status
    }

    init(describing error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let refusal as Refusal: self = .failed(refusal.sentence)
        case let failure as BusFailure: self = .failed("\(failure.message)（\(failure.slug)）")
        case let error as SheetError: self = .failed("\(error.message)。\(error.hint)（\(error.code)）")
        default: self = .failed(StartError.message(error))
        }
    }
}
