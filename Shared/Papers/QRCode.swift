import CQREncode
import Glibc

/// QR codes (二维码, GB/T 18284, ISO/IEC 18004) for printed papers, by libqrencode.
public enum QRCode {
    /// The longest text, in bytes of UTF-8, that the largest symbol holds at level M: 2,331, less 2 for the mark of the
    /// character set that a text outside ASCII needs.
    public static let greatestTextLengthInBytes = 2329

    /// The empty border that readers need to find the symbol, in modules (ISO/IEC 18004, section 6.3.8).
    static let quietZoneInModules = 4

    /// `text` as an SVG element to stand in a page: a black and white drawing, each module `moduleSizeInPixels` wide,
    /// with its quiet zone. Error correction is level M: about 15 % of the symbol may be dirty or folded.
    ///
    /// Fails with `textEmpty`, `textTooLong`, `moduleSizeWrong` (1 to 100 pixels are taken) or `memoryShort`.
    public static func svg(_ text: String, moduleSizeInPixels: Int) throws(PapersError) -> String {
        if !(1...100).contains(moduleSizeInPixels) {
            throw PapersError(.moduleSizeWrong, "二维码的模块边长应为 1 至 100 像素。请改用这个范围内的数值。")
        }
        let symbol = try Symbol(Array(text.utf8))
        let sideInModules = symbol.width + 2 * quietZoneInModules
        let side = sideInModules * moduleSizeInPixels
        var path = ""
        for row in 0..<symbol.width {
            for run in symbol.darkRuns(inRow: row) {
                path +=
                    "M\(run.lowerBound + quietZoneInModules) \(row + quietZoneInModules)h\(run.count)v1h-\(run.count)z"
            }
        }
        // Modules are drawn at whole pixels without smoothing, so that cheap printers keep the edges sharp.
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(side)" height="\(side)" \
            viewBox="0 0 \(sideInModules) \(sideInModules)" shape-rendering="crispEdges" role="img" aria-label="二维码">\
            <path fill="#fff" d="M0 0h\(sideInModules)v\(sideInModules)H0z"/><path fill="#000" d="\(path)"/></svg>
            """
    }
}

/// A symbol of libqrencode, freed once.
private struct Symbol: ~Copyable {
    private let code: UnsafeMutablePointer<QRcode>

    init(_ text: [UInt8]) throws(PapersError) {
        if text.isEmpty { throw PapersError(.textEmpty, "二维码没有内容。请给出要编码的文字。") }
        if text.count > QRCode.greatestTextLengthInBytes { throw Symbol.tooLong }
        guard let input = QRinput_new2(0, QR_ECLEVEL_M) else { throw Symbol.failure }
        defer { QRinput_free(input) }
        // Without this mark (ECI 26, UTF-8) a reader guesses the character set, and some Chinese texts come out as
        // others. ASCII needs none, and old readers do not know it.
        let isMarked = text.contains { $0 >= 0x80 }
        if isMarked && QRinput_appendECIheader(input, 26) != 0 { throw Symbol.failure }
        if QRinput_append(input, QR_MODE_8, Int32(text.count), text) != 0 { throw Symbol.failure }
        guard let code = QRcode_encodeInput(input) else { throw Symbol.failure }
        self.code = code
    }

    deinit { QRcode_free(code) }

    var width: Int { Int(code.pointee.width) }

    /// The stretches of dark modules of a row, from left to right.
    func darkRuns(inRow row: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for column in 0...width {
            // The lowest bit of a module's byte is its colour; the others tell its part in the symbol (qrencode.h).
            let isDark = column < width && code.pointee.data[row * width + column] & 1 == 1
            if isDark, start == nil { start = column }
            if !isDark, let first = start {
                runs.append(first..<column)
                start = nil
            }
        }
        return runs
    }

    private static var failure: PapersError {
        errno == ERANGE ? tooLong : PapersError(.memoryShort, "内存不足，无法生成二维码。请稍后重试。")
    }

    private static var tooLong: PapersError {
        PapersError(.textTooLong, "二维码内容过长，最多 \(QRCode.greatestTextLengthInBytes) 字节。请缩短内容，例如改用网址。")
    }
}
