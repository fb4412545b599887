import Contracts

/// Accounts for tests, one for each role that acts.
extension Officer {
    public static let humanResources = Officer(user: "renshe", role: .humanResources)
    public static let workingTeam = Officer(user: "zhuanban", role: .workingTeam)
    public static let archivist = Officer(user: "dangan", role: .archives)
    public static let organization = Officer(user: "zuzhibu", role: .organization)
    public static let finance = Officer(user: "caizheng", role: .finance)
    public static let socialInsurance = Officer(user: "shebao", role: .socialInsurance)
    public static let doctor = Officer(user: "weijian", role: .health)
    public static let operations = Officer(user: "yunwei", role: .systemOperator)

    /// The clerk of a township; 532529101 is 迤萨镇.
    public static func township(_ code: String = "532529101") -> Officer {
        Officer(user: "xiangzhen", role: .township, area: .township(code))
    }

    /// The clerk of an enterprise.
    public static func enterprise(_ code: String = Sample.enterprise) -> Officer {
        Officer(user: "qiye", role: .enterprise, area: .enterprise(code))
    }
}

/// Values for tests.
public enum Sample {
    /// A valid unified social credit code (GB 32100), used as the codes of test enterprises.
    public static let enterprise = "91350100M000100Y43"
    public static let otherEnterprise = "911100007109250324"
    /// 迤萨镇 and 甲寅镇.
    public static let township = "532529101"
    public static let otherTownship = "532529102"
}
