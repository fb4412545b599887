import Domain
import Host
import Web

/// The working team's window: pages, interfaces for programs, and the figures behind them.
package enum GatewayService {
    package static func main() {
        ServiceProcess<GatewayLogic>.main(extra: GatewayOptions.standard, help: GatewayOptions.help) { process in
            let options = try GatewayOptions(process.options.extra)
            let web = try GatewayWeb(
                desk: Desk(process: process, isSecure: options.trust.isSecure), metricsToken: options.metricsToken)
            let server: WebServer
            do {
                server = try WebServer(
                    address: options.address, port: options.port, limits: options.limits, trust: options.trust,
                    log: { ServiceLog.write("gateway", "网页：\($0)") }, handler: web)
            } catch let error as WebError {
                let mayPass = ["web.socket-failed", "web.start-failed"].contains(error.code)
                throw OptionsError(key: "address", message: error.description, mayPass: mayPass)
            }
            web.door.withLock { $0 = { [weak server] in server?.tally ?? DoorTally() } }
            web.desk.runs.keep(web.desk)
            ServiceLog.write("gateway", "网页服务 http://\(options.address):\(server.boundPort)/")
            return {
                web.stop()
                server.stop()
            }
        }
    }
}
