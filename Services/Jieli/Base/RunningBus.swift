/// The bus of a county that runs.
enum RunningBus {
    /// - Throws: not running, instead of waiting for a bus that nobody has started.
    static func connect(_ county: CountyFolder) throws -> BusClient {
        _ = try ControlSocket.ask(county, ControlRequest(action: .status))
        return try BusClient(county)
    }
}
