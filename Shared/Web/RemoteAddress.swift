import Glibc

/// The numeric form of a client's address. An IPv4 client of a socket for both versions is written as IPv4.
func remoteAddress(_ address: UnsafePointer<sockaddr>?) -> String {
    guard let address else { return "" }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let raw = UnsafeRawPointer(address)
    if CInt(address.pointee.sa_family) == AF_INET6 {
        var version6 = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
        inet_ntop(AF_INET6, &version6, &text, socklen_t(text.count))
    } else {
        var version4 = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
        inet_ntop(AF_INET, &version4, &text, socklen_t(text.count))
    }
    let written = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let mapped = "::ffff:"
    return written.hasPrefix(mapped) && written.contains(".") ? String(written.dropFirst(mapped.count)) : written
}
