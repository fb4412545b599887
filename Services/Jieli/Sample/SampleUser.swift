import Contracts
import Domain

/// An account of the sample county. All have one password, which is told at the start.
struct SampleUser: Equatable, Sendable {
    let user: String
    let displayName: String
    let role: Role
    let area: Area
    let password: String

    var officer: Officer { Officer(user: user, role: role, area: area) }
}

extension SampleCounty {
    /// For trying out only: `up` shows it with that word.
    static let password = "jieli-2020"

    /// One for each department of 第十八条, each township, each enterprise, and the operators.
    static let users = departments + townships + enterprises

    static func officer(_ user: String) -> Officer {
        users.first { $0.user == user }?.officer ?? Officer(user: user, role: .systemOperator)
    }

    static func officer(of township: Township) -> Officer {
        users.first { $0.area == .township(township.code) }?.officer
            ?? Officer(user: township.code, role: .township, area: .township(township.code))
    }

    private static let departments = [
        county("zhuanban", "工作专班", .workingTeam),
        county("zhengfuban", "县政府办", .governmentOffice),
        county("renshe", "县人社局", .humanResources),
        county("shebao", "县社保经办机构", .socialInsurance),
        county("dangan", "县档案局", .archives),
        county("zuzhibu", "县委组织部", .organization),
        county("caizheng", "县财政局（国资局）", .finance),
        county("weijian", "县卫健局", .health),
        county("yibao", "县医保局", .medicalInsurance),
        county("minzheng", "县民政局", .civilAffairs),
        county("fagai", "县发改局", .developmentReform),
        county("jiaoti", "县教体局", .educationSports),
        county("ziran", "县自然资源局", .naturalResources),
        county("tuiyi", "县退役军人局", .veterans),
        county("gonghui", "县总工会", .union),
        county("xinfang", "县信访局", .petitions),
        county("xinxi", "个人信息保护负责人", .dataProtection),
        county("yunwei", "系统运维", .systemOperator),
    ]

    private static let townships = zip(
        [
            "yisa", "jiayin", "baohua", "leyu", "langdi", "luoen", "shitouzhai", "azhahe", "dayangjie", "chegu",
            "jiache", "diema", "sancun",
        ], Township.all
    ).map { user, township in
        SampleUser(
            user: user, displayName: township.name, role: .township, area: .township(township.code), password: password)
    }

    private static let enterprises = SampleEnterprise.all.map { enterprise in
        SampleUser(
            user: enterprise.user, displayName: enterprise.name, role: .enterprise, area: .enterprise(enterprise.code),
            password: password)
    }

    private static func county(_ user: String, _ displayName: String, _ role: Role) -> SampleUser {
        SampleUser(user: user, displayName: displayName, role: role, area: .county, password: password)
    }
}
