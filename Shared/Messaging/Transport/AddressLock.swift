import Glibc

/// A second bind to an `ipc://` path takes it over silently (zmq_ipc(7)), so each path is locked first. The kernel
/// releases the lock when its process dies; the lock file stays, because removing it would let two lock two files.
struct AddressLock: ~Copyable {
    private let descriptors: [Int32]

    /// - Throws: `bus.address-in-use`, `bus.address` when the lock file cannot be made.
    init(_ addresses: [String]) throws(BusSetupError) {
        var descriptors: [Int32] = []
        for address in addresses where address.hasPrefix("ipc://") {
            let path = address.dropFirst("ipc://".count) + ".lock"
            let descriptor = open(String(path), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            let isLocked = descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0
            if descriptor >= 0 { descriptors.append(descriptor) }
            guard isLocked else {
                for descriptor in descriptors { close(descriptor) }
                throw descriptor >= 0 ? .addressInUse : .address
            }
        }
        self.descriptors = descriptors
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}
