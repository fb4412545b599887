import Contracts
import Domain

/// Who is not handed over: one line a rule, in the order in which they take precedence, each with the day from which it
/// counts. A rule that is made later is a further line with its own day.
struct ScopeRule: Sendable {
    var slug: String
    /// The article that says so; nil where none does.
    var article: Article?
    var holdsFrom: CalendarDay
    var reason: String
    var hint: String
    /// The column that shows it, if it applies to a row.
    var applies: @Sendable (Cells, EnterpriseRow) -> (applies: Bool, field: RosterField?)

    static let all = [
        ScopeRule(
            slug: "roster.row.financial-enterprise", article: Article(number: 4), holdsFrom: Article.effectiveDay,
            reason: "金融企业退休人员另有规定的依其规定", hint: "不在此移交，请按金融企业的规定办理"
        ) { _, enterprise in (enterprise.isFinancial, nil) },
        ScopeRule(
            slug: "roster.row.veteran-cadre", article: Article(number: 4), holdsFrom: Article.effectiveDay,
            reason: "离休人员保持现有管理方式不变", hint: "不移交，仍由原单位管理；实为退休的，请更正后重新上传"
        ) { cells, _ in says(["离休"], cells, [.retirementKind, .personCategory]) },
        ScopeRule(
            slug: "roster.row.deceased", article: nil, holdsFrom: Article.effectiveDay,
            reason: "移交前已去世", hint: "不移交，丧葬补助和抚恤由企业向社保经办机构申报；登记有误的，请更正后重新上传"
        ) { cells, _ in
            if Death.isTold(cells[.death]) == true { return (true, .death) }
            return says(["已故", "死亡", "去世", "病故"], cells, [.personCategory, .retirementKind])
        },
        ScopeRule(
            slug: "roster.row.not-retired-yet", article: Article(number: 2), holdsFrom: Article.effectiveDay,
            reason: "尚未办理退休手续", hint: "办理退休手续后再列入当月名册；类别有误的，请更正后重新上传"
        ) { cells, _ in says(["在职", "在岗", "内退", "离岗", "未退休"], cells, [.personCategory, .retirementKind]) },
        ScopeRule(
            slug: "roster.row.dependant", article: Article(number: 3), holdsFrom: Article.effectiveDay,
            reason: "不是退休人员本人，是遗属或供养亲属", hint: "不移交，待遇按原渠道办理；类别有误的，请更正后重新上传"
        ) { cells, _ in says(["遗属", "供养", "家属"], cells, [.personCategory]) },
    ]

    /// The first rule that sets a row aside on a day.
    static func fault(_ cells: Cells, of enterprise: EnterpriseRow, today: CalendarDay) -> RosterFault? {
        for rule in all where rule.holdsFrom <= today {
            let found = rule.applies(cells, enterprise)
            if found.applies { return .outOfScope(found.field, rule.slug, rule.article, rule.reason, rule.hint) }
        }
        return nil
    }

    private static func says(
        _ words: [String], _ cells: Cells, _ fields: [RosterField]
    ) -> (applies: Bool, field: RosterField?) {
        let field = fields.first { field in words.contains { cells[field].contains($0) } }
        return (field != nil, field)
    }
}

/// What stands in a column of deaths.
enum Death {
    /// Nil when the text says neither.
    static func isTold(_ text: String) -> Bool? {
        if text.isEmpty || ["健在", "在世", "未死亡", "未去世", "正常"].contains(text) { return false }
        if let answer = YesOrNo.answer(text) { return answer }
        if (try? RosterDate.parse(text)) != nil { return true }
        let isYear = text.prefix { $0.isASCII && $0.isNumber }.count == 4
        return isYear || ["去世", "死亡", "病故", "身故", "亡故", "已故", "过世"].contains(where: text.contains) ? true : nil
    }
}

/// Ticks and words for yes and no, as rosters write them.
enum YesOrNo {
    static func answer(_ text: String) -> Bool? {
        let bare = TextForm.removingBlanks(TextForm.narrowing(text)).uppercased()
        if yes.contains(bare) { return true }
        return no.contains(bare) ? false : nil
    }

    private static let yes: Set<String> = ["是", "有", "对", "√", "✓", "✔", "☑", "1", "Y", "YES", "TRUE"]
    private static let no: Set<String> = [
        "否", "无", "没有", "不", "不是", "非", "×", "X", "✕", "✗", "✘", "☐", "0", "N", "NO", "FALSE", "-", "—", "--", "——",
        "/",
    ]
}
