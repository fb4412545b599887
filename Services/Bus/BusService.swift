import Contracts
import Domain
import Glibc
import Host
import Kernel
import Messaging

/// The broker: holds nothing but what is under way, so it may be killed and started at any moment.
@main
enum BusService {
    static func main() {
        CoreDumps.prevent()
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.contains("--help") {
            print("bus：消息总线\n\n\(ServiceOptions.help)")
            exit(0)
        }
        Signals.blockTermination()
        do {
            let options = try ServiceOptions(arguments)
            ParentWatch.start(options.parentPipe)
            FileDescriptors.raiseLimit()
            let keys = KeyFolder(options.keys)
            let server = BrokerServer(
                configuration: BrokerConfiguration(
                    addresses: options.bus.split(separator: ",").map(String.init),
                    keys: try CurveKeyPair.read(path: keys.curveFile(.bus)).keys),
                registry: try KeyRegistry(path: keys.registryFile), policy: ContractPolicy(), clock: SystemClock(),
                randomness: SystemRandomness(),
                report: { ServiceLog.write("bus", "\($0.code) \($0.message)") })
            try server.start()
            Signals.waitForTermination()
            server.stop()
            _exit(0)
        } catch {
            ServiceLog.write("bus", "不能启动：\(StartError.message(error))")
            _exit(StartError.exitCode(error))
        }
    }
}
