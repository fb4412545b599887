import Contracts
import Domain
import Testing

@testable import Archives

@Suite("Catalogues of files")
struct CatalogueCheckTests {
    static func entry(_ classNumber: String, title: String = "材料", pages: Int = 1) -> CatalogueEntry {
        CatalogueEntry(classNumber: classNumber, title: title, pages: pages)
    }

    static func refusal(_ body: () throws -> Void) -> Refusal? {
        do {
            try body()
            return nil
        } catch { return error as? Refusal }
    }

    @Test("Cadre files have ten classes, the fourth and ninth by four sub-classes each")
    func cadre() {
        #expect(
            FileScheme.cadre.classes.map(\.number) == [
                "1", "2", "3", "4-1", "4-2", "4-3", "4-4", "5", "6", "7", "8", "9-1", "9-2", "9-3", "9-4", "10",
            ])
        for wrong in ["4", "9", "0", "11", "4-5", "9-0", "1-1", "", "四", "-1", "01"] {
            #expect(FileScheme.cadre.fileClass(wrong) == nil, "\(wrong)")
        }
    }

    @Test("Worker files have ten classes without sub-classes")
    func worker() {
        #expect(FileScheme.worker.classes.map(\.number) == (1...10).map(String.init))
        #expect(FileScheme.worker.fileClass("4-1") == nil)
        #expect(FileScheme.worker.fileClass("9")?.chinese.contains("退休") == true)
    }

    @Test("Every class has a Chinese name of its own")
    func names() {
        for scheme in FileScheme.allCases {
            let names = scheme.classes.map(\.chinese)
            #expect(names.allSatisfy { !$0.isEmpty } && Set(names).count == names.count)
        }
    }

    @Test("Full-width digits, blanks around texts and empty remarks are put right")
    func cleaned() throws {
        let cleaned = try CatalogueCheck.check(
            [CatalogueEntry(classNumber: "４－１", title: "　毕业证 ", formedOn: " ", pages: 1, remark: "")], scheme: .cadre)
        #expect(cleaned == [CatalogueEntry(classNumber: "4-1", title: "毕业证", pages: 1)])
        let missing = try CatalogueCheck.check(
            [MissingMaterial(classNumber: " 5", title: "政审表 ", proof: " 说明1号")], scheme: .worker)
        #expect(missing == [MissingMaterial(classNumber: "5", title: "政审表", proof: "说明1号")])
    }

    @Test("Each fault is refused with the lines concerned")
    func faults() {
        let cases: [(FileScheme, [CatalogueEntry], String, [String])] = [
            (.worker, [], "archives.catalogue.empty", []),
            (.worker, [Self.entry("1"), Self.entry("4-1")], "archives.catalogue.unknown-class", ["目录第2行"]),
            (.cadre, [Self.entry("4"), Self.entry("10")], "archives.catalogue.unknown-class", ["目录第1行"]),
            (.worker, [Self.entry("1", title: " ")], "archives.catalogue.title-missing", ["目录第1行"]),
            (
                .worker, [Self.entry("1", pages: 0), Self.entry("2"), Self.entry("3", pages: 10_000)],
                "archives.catalogue.wrong-pages", ["目录第1行", "目录第3行"]
            ),
            (
                .worker, Array(repeating: Self.entry("1"), count: 2001), "archives.catalogue.too-long", []
            ),
        ]
        for (scheme, catalogue, slug, details) in cases {
            let refusal = Self.refusal { _ = try CatalogueCheck.check(catalogue, scheme: scheme) }
            #expect(refusal?.slug == slug)
            #expect(refusal?.details == details)
        }
    }

    @Test("Missing materials are named by class and title, too")
    func missing() throws {
        let wrongClass = MissingMaterial(classNumber: "12", title: "表", proof: "说明")
        #expect(
            Self.refusal { _ = try CatalogueCheck.check([wrongClass], scheme: .worker) }
                == ArchivesRefusal.unknownClass.naming(["缺失材料第1行"]))
        let noTitle = MissingMaterial(classNumber: "1", title: "", proof: "说明")
        #expect(
            Self.refusal { _ = try CatalogueCheck.check([noTitle], scheme: .worker) }
                == ArchivesRefusal.titleMissing.naming(["缺失材料第1行"]))
        #expect(try CatalogueCheck.check([MissingMaterial](), scheme: .worker) == [])
    }
}
