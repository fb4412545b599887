import Contracts
import Domain

/// An enterprise of the sample county. Every name says that it is one.
struct SampleEnterprise: Sendable {
    /// How far its premises and equipment are to get (第十一条).
    enum AssetsGoal: Sendable { case awaiting, none, inventoried, agreed, handedOver }

    let user: String
    let name: String
    let code: String
    let ownership: Ownership
    /// Its share of the county's retirees; 0 for the financial one, whose roster is set aside as a whole.
    let weight: Int
    var isFinancial = false
    var standIn: String?
    var hasAnnuity = false
    var shareholders = 1
    var assets = AssetsGoal.handedOver
    var assetItems: [AssetItem] = []
    /// What it pays outside the pension pool; nil where the survey is still open.
    var survey: [SurveyItem]? = []

    static let all: [SampleEnterprise] = [
        make(
            1, "红河县国营茶厂", .county, weight: 14,
            items: [("退休职工活动室", .premises, true, 48_600_000), ("门球场围栏和灯具", .equipment, true, 3_250_000)],
            survey: [(.monthlyAllowance, 18_000), (.medical, 6_000)]),
        make(
            2, "红河县糖业有限责任公司", .county, weight: 16, shareholders: 3, assets: .agreed,
            items: [
                ("厂区老年活动中心（与食堂同楼）", .premises, false, 126_800_000), ("棋牌桌椅", .utensils, true, 860_000),
                ("健身器材", .equipment, true, 4_120_000),
            ], survey: [(.monthlyAllowance, 25_000), (.activities, 3_000), (.medical, 8_000)]),
        make(
            3, "红河县供销贸易总公司", .county, weight: 10, assets: .inventoried,
            items: [("门市部二楼阅览室", .premises, false, 22_400_000), ("书柜和报刊架", .utensils, true, 315_000)],
            survey: [(.monthlyAllowance, 12_000)]),
        make(4, "红河县电力公司", .central, weight: 10, hasAnnuity: true, assets: .none),
        make(
            5, "红河县邮政分公司", .central, weight: 8, items: [("退休支局活动室", .premises, true, 31_050_033)],
            survey: [(.medical, 10_000)]),
        make(6, "红河县电信分公司", .central, weight: 7, assets: .none, survey: [(.activities, 2_500)]),
        make(
            7, "红河县烟草分公司", .province, weight: 7, shareholders: 2,
            items: [("老干部活动站", .premises, true, 89_999_999), ("影音设备", .equipment, true, 2_680_000)],
            survey: [(.monthlyAllowance, 30_000), (.heating, 5_000)]),
        make(
            8, "红河县水利水电开发公司", .county, weight: 8, assets: .inventoried,
            items: [("管理所活动室", .premises, true, 17_300_000)], survey: [(.monthlyAllowance, 15_000)]),
        make(9, "红河县国有林场", .county, weight: 6, assets: .awaiting, survey: nil),
        make(
            10, "红河州矿业公司红河县铜矿", .prefecture, weight: 11, assets: .agreed,
            items: [("矿区俱乐部", .premises, true, 205_000_000), ("乐器和服装", .utensils, true, 1_240_000)],
            survey: [(.monthlyAllowance, 22_000), (.medical, 9_000), (.other, 4_000)]),
        make(11, "红河县建筑工程公司", .county, weight: 5, standIn: "红河县住房和城乡建设局（示例）", assets: .none),
        make(12, "红河县农村金融服务社", .county, weight: 0, isFinancial: true, assets: .awaiting, survey: nil),
    ]

    private static func make(
        _ number: Int, _ name: String, _ ownership: Ownership, weight: Int, isFinancial: Bool = false,
        standIn: String? = nil, hasAnnuity: Bool = false, shareholders: Int = 1, assets: AssetsGoal = .handedOver,
        items: [(String, AssetKind, Bool, Int64)] = [], survey: [(BenefitKind, Int64)]? = []
    ) -> SampleEnterprise {
        SampleEnterprise(
            user: "qiye" + SampleText.digits(number, 2), name: name + "（示例）", code: creditCode(number),
            ownership: ownership,
            weight: weight, isFinancial: isFinancial, standIn: standIn, hasAnnuity: hasAnnuity,
            shareholders: shareholders, assets: assets,
            assetItems: items.map { AssetItem(name: $0.0, kind: $0.1, isSeparable: $0.2, bookValueInFen: $0.3) },
            survey: survey?.map { SurveyItem(kind: $0.0, monthlyCapInFen: $0.1) })
    }

    /// `91` for enterprises, the county, and an organisation code that begins with YL (样例) as no real one does.
    private static func creditCode(_ number: Int) -> String {
        let body = "91\(Township.countyCode)YL00000" + SampleText.digits(number, 2)
        do throws(CreditCodeError) {
            return try UnifiedSocialCreditCode(body + "0").text
        } catch {
            // The check itself tells what the last character should have been.
            guard case .wrongCheckCharacter(let expected) = error else { return body + "0" }
            return body + String(expected)
        }
    }
}
