import Contracts
import Domain

/// Why a row is set aside. Names the column, never its value.
struct RosterFault: Error, Equatable, Sendable {
    var kind: SetAsideKind
    var column: String?
    var slug: String
    var reason: String
    var hint: String
    var article: Article?

    static func fault(_ field: RosterField, _ slug: String, _ reason: String, _ hint: String) -> RosterFault {
        RosterFault(kind: .fault, column: field.heading, slug: slug, reason: reason, hint: hint)
    }

    static func duplicate(_ slug: String, _ reason: String, _ hint: String) -> RosterFault {
        RosterFault(
            kind: .duplicate, column: RosterField.identityNumber.heading, slug: slug, reason: reason, hint: hint)
    }

    static func outOfScope(
        _ field: RosterField?, _ slug: String, _ article: Article?, _ reason: String, _ hint: String
    ) -> RosterFault {
        RosterFault(
            kind: .outOfScope, column: field?.heading, slug: slug, reason: reason, hint: hint, article: article)
    }

    /// The row as a whole is not to be trusted.
    init(_ problem: RosterRowProblem) {
        let (reason, hint) =
            switch problem {
            case .hidden:
                ("该行在表格中被筛选掉或隐藏，上传的人看不到", "确需移交的，请取消筛选和隐藏后重新上传，或上传本文件；不需要的请删除该行")
            case .struckOut: ("该行的姓名或身份证号画了删除线", "确需移交的，请去掉删除线后重新上传；不需要的请删除该行")
            case .surplusFields:
                ("该行的字段比表头多，可能某个字段里有逗号，后面的内容错了位", "请按原文件第几行核对各列，把内容放回对应的列；字段里有逗号的请改用顿号或另存为 .xlsx")
            case .openQuote:
                ("该行有不成对的英文引号，分不清各列的内容", "请删去多余的引号，核对各列的内容后重新上传")
            }
        self.init(
            kind: .fault, column: nil, slug: "roster.row.\(problem.rawValue)", reason: reason, hint: hint, article: nil)
    }

    init(kind: SetAsideKind, column: String?, slug: String, reason: String, hint: String, article: Article? = nil) {
        self.kind = kind
        self.column = column
        self.slug = slug
        self.reason = reason
        self.hint = hint
        self.article = article
    }

    /// One fault of several; nil when there is none. Who is out of scope needs nothing corrected.
    static func together(_ faults: [RosterFault]) -> RosterFault? {
        if let outOfScope = faults.first(where: { $0.kind == .outOfScope }) { return outOfScope }
        guard var together = faults.first, faults.count > 1 else { return faults.first }
        together.column = faults.compactMap(\.column).joined(separator: "、")
        together.reason = faults.map(\.reason).joined(separator: "；")
        together.hint = faults.enumerated().map { "\($0.offset + 1)）\($0.element.hint)" }.joined(separator: "；")
        return together
    }

    func row(_ sheetRow: Int) -> SetAsideRow {
        SetAsideRow(
            sheetRow: sheetRow, kind: kind, column: column, slug: slug, reason: reason, hint: hint, article: article)
    }
}
