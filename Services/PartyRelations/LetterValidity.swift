import Contracts
import Domain
import Host

/// For how many days a letter of introduction (介绍信) may be made out.
enum LetterValidity {
    static let parameter = Parameter<Int>(
        "party-relations.letter-validity", title: "党组织关系介绍信有效期上限", form: "天数，1 至 365 的整数",
        roles: [.organization],
        defaults: [
            // The rules of 2020 give no number; three months is what the letters' printed form allows.
            DatedValue(90, from: Article.effectiveDay, source: "系统初始值，依据文件由县委组织部补充")
        ],
        isValid: { (1...365).contains($0) }, text: { "不超过 \($0) 天" })
}
