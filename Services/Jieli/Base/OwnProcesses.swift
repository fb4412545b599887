import Glibc
import Host

/// The processes of counties that a command has made for itself.
enum OwnProcesses {
    /// Whether a process is one of our programs, or a child of this one, and its arguments name this folder. By its
    /// program as well, because a shell's or an editor's arguments may name the folder, too.
    static func isOne(_ process: pid_t, in folder: String) -> Bool {
        guard process != getpid(), let arguments = try? Folders.text("/proc/\(process)/cmdline"),
            arguments.contains(folder)
        else { return false }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/\(process)/exe", &buffer, buffer.count)
        let program = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        if let programs = try? ChildProcess.folderOfPrograms(), program.hasPrefix("\(programs)/") { return true }
        let status = (try? Folders.text("/proc/\(process)/status")) ?? ""
        return status.contains("PPid:\t\(getpid())\n")
    }

    /// Kills what is left of a county, so that nothing of it goes on after the command.
    static func kill(in folder: String) {
        guard let entries = opendir("/proc") else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let process = pid_t(name), isOne(process, in: folder) { Glibc.kill(process, SIGKILL) }
        }
    }
}
