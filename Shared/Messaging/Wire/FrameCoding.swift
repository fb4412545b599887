import Domain

/// The bytes of a frame: one ZeroMQ part holding header, context and body. One part and not three, because CURVE
/// encrypts and authenticates each part by itself: measured on two cores, three parts cost 70 % more per request.
extension Frame {
    static let magic: UInt8 = 0x4A
    /// The newest version of the protocol, which this program speaks with whoever speaks it too.
    static let newestProtocolVersion: UInt8 = 2
    /// A longer time counts as this one, so that no sum with it overflows.
    static let longestTimeInMilliseconds: Int64 = 86_400_000
    /// Bytes before the first name.
    static let fixedHeaderInBytes = 42
    /// Longest name, in bytes of UTF-8: its length is one byte.
    static let longestNameInBytes = 255

    /// The payload parts as ZeroMQ carries them; there is exactly one.
    /// - Parameter wall: the writer's own wall clock. Only version 1 needs it, which carries a deadline.
    public func parts(wall: Timestamp) -> [[UInt8]] { [bytes(wall: wall)] }

    /// - Parameter wall: the reader's own wall clock. Only version 1 needs it, which carries a deadline.
    public init(parts: [[UInt8]], wall: Timestamp) throws(FrameError) {
        guard parts.count == 1 else { throw .parts }
        self = try Frame.decode(parts[0], wall: wall)
    }

    /// Length of ``bytes()``.
    public var sizeInBytes: Int {
        Frame.fixedHeaderInBytes + 4 + service.utf8.count + message.utf8.count + instance.utf8.count
            + caller.utf8.count + context.count + body.count
    }

    public func bytes(wall: Timestamp) -> [UInt8] {
        let size = sizeInBytes
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            write(into: UnsafeMutableRawBufferPointer(buffer), wall: wall)
            count = size
        }
    }

    /// Writes the frame into `buffer`, which holds ``sizeInBytes`` bytes.
    func write(into buffer: UnsafeMutableRawBufferPointer, wall: Timestamp) {
        buffer[0] = Frame.magic
        buffer[1] = protocolVersion
        buffer[2] = kind.rawValue
        buffer[3] = status.rawValue
        buffer.storeBytes(of: correlation.bigEndian, toByteOffset: 4, as: UInt64.self)
        buffer.storeBytes(of: timeOnTheWire(wall).bigEndian, toByteOffset: 12, as: Int64.self)
        buffer.storeBytes(of: (command?.session ?? 0).bigEndian, toByteOffset: 20, as: UInt64.self)
        buffer.storeBytes(of: (command?.counter ?? 0).bigEndian, toByteOffset: 28, as: UInt64.self)
        buffer.storeBytes(of: version.bigEndian, toByteOffset: 36, as: UInt16.self)
        buffer.storeBytes(of: UInt32(context.count).bigEndian, toByteOffset: 38, as: UInt32.self)
        var offset = Frame.fixedHeaderInBytes
        for name in [service, message, instance, caller] {
            var name = name
            name.withUTF8 { text in
                precondition(text.count <= Frame.longestNameInBytes, "names are checked where they enter")
                buffer[offset] = UInt8(text.count)
                UnsafeMutableRawBufferPointer(rebasing: buffer[(offset + 1)...]).copyMemory(from: .init(text))
                offset += 1 + text.count
            }
        }
        for bytes in [context, body] {
            bytes.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[offset...]).copyMemory(from: $0)
                offset += $0.count
            }
        }
    }

    /// Version 1 carries the moment at which the asker stops waiting, version 2 the time until then.
    private func timeOnTheWire(_ wall: Timestamp) -> Int64 {
        guard let remainingInMilliseconds else { return 0 }
        return protocolVersion > 1
            ? remainingInMilliseconds : wall.millisecondsSinceEpoch + remainingInMilliseconds
    }

    private static func remaining(_ time: Int64, _ version: UInt8, _ wall: Timestamp) -> Int64? {
        if time == 0 { return nil }
        let remaining = version > 1 ? time : time - wall.millisecondsSinceEpoch
        return min(max(remaining, 0), longestTimeInMilliseconds)
    }

    static func decode(_ bytes: [UInt8], wall: Timestamp) throws(FrameError) -> Frame {
        let result: Result<Frame, FrameError> = bytes.withUnsafeBytes { buffer in
            do throws(FrameError) { return .success(try decode(buffer, wall: wall)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    static func decode(_ buffer: UnsafeRawBufferPointer, wall: Timestamp) throws(FrameError) -> Frame {
        guard buffer.count >= fixedHeaderInBytes + 4 else {
            if let first = buffer.first, first != magic { throw .magic }
            throw .short
        }
        guard buffer[0] == magic else { throw .magic }
        guard (1...newestProtocolVersion).contains(buffer[1]) else { throw .version }
        guard let kind = FrameKind(rawValue: buffer[2]) else { throw .kind }
        guard let status = ReplyStatus(rawValue: buffer[3]) else { throw .status }
        let time = Int64(bigEndian: buffer.loadUnaligned(fromByteOffset: 12, as: Int64.self))
        guard time >= 0 else { throw .time }
        let session = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 20, as: UInt64.self))
        let contextLength = Int(UInt32(bigEndian: buffer.loadUnaligned(fromByteOffset: 38, as: UInt32.self)))
        var offset = fixedHeaderInBytes
        var frame = Frame(kind: kind, status: status)
        frame.service = try name(in: buffer, at: &offset)
        frame.message = try name(in: buffer, at: &offset)
        frame.instance = try name(in: buffer, at: &offset)
        frame.caller = try name(in: buffer, at: &offset)
        guard buffer.count - offset >= contextLength else { throw .short }
        frame.correlation = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 4, as: UInt64.self))
        frame.protocolVersion = buffer[1]
        frame.remainingInMilliseconds = remaining(time, buffer[1], wall)
        if session != 0 {
            let counter = UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 28, as: UInt64.self))
            frame.command = CommandNumber(session: session, counter: counter)
        }
        frame.version = UInt16(bigEndian: buffer.loadUnaligned(fromByteOffset: 36, as: UInt16.self))
        frame.context = [UInt8](buffer[offset..<(offset + contextLength)])
        frame.body = [UInt8](buffer[(offset + contextLength)...])
        return frame
    }

    private static func name(in buffer: UnsafeRawBufferPointer, at offset: inout Int) throws(FrameError) -> String {
        guard offset < buffer.count else { throw .short }
        let length = Int(buffer[offset])
        guard buffer.count - offset > length else { throw .short }
        let start = offset + 1
        offset = start + length
        if length == 0 { return "" }
        guard let text = String(validating: buffer[start..<offset], as: UTF8.self) else { throw .text }
        return text
    }

    /// The correlation of bytes that are no frame but look like a request, so that they can be answered. The first
    /// twelve bytes keep their meaning in every version of the protocol.
    static func correlationOfBrokenRequest(_ buffer: UnsafeRawBufferPointer) -> UInt64? {
        guard buffer.count >= 12, buffer[0] == magic else { return nil }
        let kind = FrameKind(rawValue: buffer[2])
        guard kind == .request || kind == nil else { return nil }
        return UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 4, as: UInt64.self))
    }
}
