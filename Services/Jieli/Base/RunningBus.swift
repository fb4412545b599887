/// The bus of a county that runs.
enum RunningBus {
    /// - Throws: not running, instead of waiting for a bus that nobody has started.
    static func connect(_ county: CountyFolder) throws -> BusClient {
        guard try ControlSocket.ask(county, ControlRequest(action: .status)) != nil else {
            throw CommandFailure.notRunning(county)
        }
        return try BusClient(county)
    }
}
