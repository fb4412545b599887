/// Where the bus is and with which keys to join it. Keys are Z85 text of 40 characters (ZeroMQ RFC 32).
public struct BusConfiguration: Sendable {
    /// `ipc:///run/jieli/bus.sock` or `tcp://10.0.0.5:7300`.
    public var address: String
    public var brokerPublicKey: String
    public var publicKey: String
    public var secretKey: String
    public var settings: EndpointSettings

    public init(
        address: String, brokerPublicKey: String, publicKey: String, secretKey: String,
        settings: EndpointSettings = EndpointSettings()
    ) {
        self.address = address
        self.brokerPublicKey = brokerPublicKey
        self.publicKey = publicKey
        self.secretKey = secretKey
        self.settings = settings
    }
}

/// Why a connection or a broker could not start. `code` is stable; `message` says what to do.
public struct BusSetupError: Error, Equatable, Sendable {
    public let code: String
    public let message: String
}
