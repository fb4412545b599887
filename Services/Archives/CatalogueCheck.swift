import Contracts
import Domain

/// The checks of a file's catalogue and of its missing materials (第九条（一）、（二）). Pure: lines in, refusal or cleaned
/// lines out. Refusals name lines by their place, counted from 1.
enum CatalogueCheck {
    /// More than the thickest file has; beyond it a form was filled by mistake.
    static let mostEntries = 2000
    static let mostPages = 9999

    static func check(_ catalogue: [CatalogueEntry], scheme: FileScheme) throws -> [CatalogueEntry] {
        guard !catalogue.isEmpty else { throw ArchivesRefusal.emptyCatalogue }
        guard catalogue.count <= mostEntries else { throw ArchivesRefusal.catalogueTooLong }
        try require(catalogue, ArchivesRefusal.unknownClass, "目录") { scheme.fileClass($0.classNumber) != nil }
        try require(catalogue, ArchivesRefusal.titleMissing, "目录") { !TextForm.trimming($0.title).isEmpty }
        try require(catalogue, ArchivesRefusal.wrongPages, "目录") { (1...mostPages).contains($0.pages) }
        return catalogue.map { entry in
            CatalogueEntry(
                classNumber: scheme.fileClass(entry.classNumber)?.number ?? entry.classNumber,
                title: TextForm.trimming(entry.title), formedOn: filled(entry.formedOn), pages: entry.pages,
                remark: filled(entry.remark))
        }
    }

    static func check(_ missing: [MissingMaterial], scheme: FileScheme) throws -> [MissingMaterial] {
        guard missing.count <= mostEntries else { throw ArchivesRefusal.catalogueTooLong }
        try require(missing, ArchivesRefusal.unknownClass, "缺失材料") { scheme.fileClass($0.classNumber) != nil }
        try require(missing, ArchivesRefusal.titleMissing, "缺失材料") { !TextForm.trimming($0.title).isEmpty }
        let cleaned = missing.map { material in
            MissingMaterial(
                classNumber: scheme.fileClass(material.classNumber)?.number ?? material.classNumber,
                title: TextForm.trimming(material.title), proof: filled(material.proof))
        }
        // By their lines and not by their titles: a refusal is kept unsealed, and a title can be personal.
        try require(cleaned, ArchivesRefusal.proofMissing, "缺失材料") { $0.proof != nil }
        return cleaned
    }

    private static func require<Line>(
        _ lines: [Line], _ refusal: Refusal, _ list: String, _ holds: (Line) -> Bool
    ) throws {
        let wrong = lines.enumerated().filter { !holds($0.element) }.map { "\(list)第\($0.offset + 1)行" }
        if !wrong.isEmpty { throw refusal.naming(wrong) }
    }

    private static func filled(_ text: String?) -> String? {
        let text = TextForm.trimming(text ?? "")
        return text.isEmpty ? nil : text
    }
}
