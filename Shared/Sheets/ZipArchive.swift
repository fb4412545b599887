import CZip

/// A zip archive in memory, read part by part. The bytes must outlive it, so it is only used inside `withArchive`.
struct ZipArchive: ~Copyable {
    private let handle: OpaquePointer
    private let limits: SheetLimits
    private var unpackedInBytes = 0

    /// Errors: `sheet.damaged` when the directory at the archive's end cannot be read.
    private init(_ bytes: UnsafeRawBufferPointer, limits: SheetLimits) throws(SheetError) {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(bytes.baseAddress, zip_uint64_t(bytes.count), 0, &error) else {
            throw .damaged
        }
        // On success the archive owns the source; on failure it is still ours (zip_open_from_source(3)).
        guard let opened = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            throw .damaged
        }
        self.limits = limits
        handle = opened
    }

    deinit { zip_discard(handle) }

    static func withArchive<Result>(
        _ bytes: [UInt8], limits: SheetLimits, _ body: (inout ZipArchive) throws(SheetError) -> Result
    ) throws(SheetError) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(SheetError) in
            var archive = try ZipArchive(UnsafeRawBufferPointer(buffer), limits: limits)
            return try body(&archive)
        }
    }

    func contains(_ name: String) -> Bool { index(of: name) != nil }

    /// Hands a part's bytes to `body` in pieces, so that no part is ever whole in memory.
    ///
    /// Errors: `sheet.damaged` (no such part, wrong checksum), `sheet.encrypted`, `sheet.unpacked-too-large`,
    /// `sheet.zip-bomb`.
    mutating func read(
        _ name: String, _ body: (UnsafeBufferPointer<UInt8>) throws(SheetError) -> Void
    ) throws(SheetError) {
        var status = zip_stat_t()
        guard let index = index(of: name), zip_stat_index(handle, index, 0, &status) == 0 else { throw .damaged }
        guard Int32(status.encryption_method) == ZIP_EM_NONE else { throw .encrypted }
        // A part that already says too much is refused before anything is unpacked.
        try check(packed: status.comp_size, unpacked: status.size)
        guard let file = zip_fopen_index(handle, index, 0) else { throw .damaged }
        defer { zip_fclose(file) }
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 65_536)
        defer { buffer.deallocate() }
        var partInBytes: UInt64 = 0
        while true {
            let count = zip_fread(file, buffer.baseAddress, zip_uint64_t(buffer.count))
            guard count >= 0 else { throw .damaged }
            guard count > 0 else { break }
            partInBytes += UInt64(count)
            // The directory may lie about sizes, so the bytes that really come are counted as well.
            try check(packed: status.comp_size, unpacked: partInBytes)
            try body(UnsafeBufferPointer(rebasing: buffer[..<Int(count)]))
        }
        unpackedInBytes += Int(partInBytes)
    }

    private func check(packed: UInt64, unpacked: UInt64) throws(SheetError) {
        guard unpacked <= UInt64(max(0, limits.unpackedInBytes - unpackedInBytes)) else {
            throw .unpackedTooLarge(limitInBytes: limits.unpackedInBytes)
        }
        guard unpacked > UInt64(limits.ratioAppliesFromInBytes) else { return }
        guard unpacked / UInt64(limits.unpackedPerPackedByte) <= packed else { throw .zipBomb }
    }

    private func index(of name: String) -> zip_uint64_t? {
        let index = zip_name_locate(handle, name, zip_flags_t(ZIP_FL_NOCASE))
        return index < 0 ? nil : zip_uint64_t(index)
    }
}
