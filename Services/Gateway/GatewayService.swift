import Domain
import Host
import Web

/// The working team's window: pages, interfaces for programs, and the figures behind them.
@main
enum GatewayService {
    static func main() {
        ServiceProcess<GatewayLogic>.main(extra: ["address": "127.0.0.1", "port": "8080"]) { process in
            let address = process.options.extra["address"] ?? ""
            guard let port = process.options.extra["port"].flatMap(UInt16.init) else {
                throw OptionsError(key: "port", message: "--port 须为 0 至 65535 的端口号。")
            }
            let web = try GatewayWeb(desk: Desk(process: process))
            let server: WebServer
            do {
                server = try WebServer(address: address, port: port, handler: web)
            } catch let error as WebError {
                let mayPass = ["web.socket-failed", "web.start-failed"].contains(error.code)
                throw OptionsError(key: "address", message: error.description, mayPass: mayPass)
            }
            ServiceLog.write("gateway", "网页服务 http://\(address):\(server.boundPort)/")
            return {
                web.stop()
                server.stop()
            }
        }
    }
}
