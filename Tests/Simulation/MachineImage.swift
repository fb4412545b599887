import Glibc
import Host

/// What lies on the machine of a service at one moment, as a backup of the whole machine has it.
struct MachineImage {
    /// By name, in the folder of the simulated disk.
    let files: [String: [UInt8]]
    /// How far the log had grown.
    let head: Int64
    /// The mark beside the store, which lies on the real disk; nil where it stays as it is when the store is put back.
    private let mark: (path: String, text: String?)?

    /// - Parameter hasMark: whether the mark belongs to what is put back; else it outlives the store.
    init(of node: any SimulatedNode, hasMark: Bool) {
        files = node.disk?.image() ?? [:]
        head = node.head?.seq ?? 0
        let path = StoreMarkFile(besideStoreAt: node.storePath).path
        mark = hasMark ? (path, try? Folders.text(path)) : nil
    }

    /// How far a store's log had grown by the mark beside it.
    static func mark(beside storePath: String) -> Int64? { StoreMarkFile(besideStoreAt: storePath).lastSeq }

    func putBackMark() {
        guard let mark else { return }
        unlink(mark.path)
        guard let text = mark.text, let file = fopen(mark.path, "we") else { return }
        fputs(text, file)
        fclose(file)
    }
}
