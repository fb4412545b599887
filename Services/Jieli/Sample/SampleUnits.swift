import Contracts
import Domain

/// What concerns units and not persons: surveys, premises and equipment, supervision, announcements.
struct SampleUnits {
    let plan: SamplePlan
    let orders: SampleOrders

    private let finance = SampleCounty.officer("caizheng")
    private let workingTeam = SampleCounty.officer("zhuanban")

    init(plan: SamplePlan, orders: SampleOrders) {
        self.plan = plan
        self.orders = orders
    }

    func run(_ progress: (String) -> Void) throws {
        try freezeSurveys()
        try handOverAssets()
        progress("样例：统筹外项目清理锁定，资产清查、签约、交接")
        try supervise()
        try announce()
        progress("样例：督办 2 件，公告 2 篇")
    }

    private func freezeSurveys() throws {
        try orders.run(
            "统筹外项目清理",
            SampleEnterprise.all.compactMap { enterprise in
                enterprise.survey.map {
                    (FreezeSurvey(enterprise: enterprise.code, items: $0), SampleCounty.officer(enterprise.user))
                }
            })
    }

    private func handOverAssets() throws {
        let all = Array(SampleEnterprise.all.enumerated())
        let agreedOn = max(plan.today.adding(days: -45), Article.effectiveDay)
        try orders.run(
            "申报无专用资产",
            all.filter { $0.element.assets == .none }.map {
                (DeclareNoAssets(enterprise: $0.element.code), plan.officer(ofEnterprise: $0.offset))
            })
        try orders.run(
            "资产清查",
            all.filter { !$0.element.assetItems.isEmpty }.map { index, enterprise in
                let inventory = RecordInventory(
                    enterprise: enterprise.code, items: enterprise.assetItems, shareholders: enterprise.shareholders,
                    stateShareNumerator: enterprise.shareholders > 1 ? 51 : 1,
                    stateShareDenominator: enterprise.shareholders > 1 ? 100 : 1)
                return (inventory, plan.officer(ofEnterprise: index))
            })
        try orders.run(
            "签订资产划转协议",
            all.filter { $0.element.assets == .agreed || $0.element.assets == .handedOver }.map { index, enterprise in
                let sign = SignAgreement(
                    enterprise: enterprise.code, township: Township.all[0].code,
                    agreementNumber: "红资划〔\(agreedOn.year)〕\(index + 1)号", dated: agreedOn,
                    decisionDocument: enterprise.shareholders > 1 ? "董事会决议〔\(agreedOn.year)〕3号" : nil,
                    settlement: enterprise.assetItems.allSatisfy(\.isSeparable) ? nil : "以同面积的临街铺面调换")
                return (sign, finance)
            })
        try orders.run(
            "资产交接",
            all.filter { $0.element.assets == .handedOver }.map {
                (HandOverAssets(enterprise: $0.element.code, dated: agreedOn.adding(days: 20)), finance)
            })
    }

    private func supervise() throws {
        let township = Township.all[7]
        try orders.run(
            "督办",
            OpenSupervision(
                role: .township, area: .township(township.code), subject: "接收超过 30 日仍未核对信息的人员，请逐人办理并说明原因。",
                due: plan.today.adding(days: 10)), as: workingTeam)
        let opened = try orders.run(
            "督办",
            OpenSupervision(
                role: .archives, area: .county, subject: "退回整理的档案请与企业商定再次移交的时间。",
                due: plan.today.adding(days: 5)), as: workingTeam)
        try orders.run(
            "督办答复",
            AnswerSupervision(notice: opened.notice, answer: "已与各企业商定，本月底前全部重新移交。"),
            as: SampleCounty.officer("dangan"))
    }

    private func announce() throws {
        try orders.run(
            "公告",
            PublishAnnouncement(
                title: "国有企业退休人员社会化管理移交办理流程",
                body: "企业报送名册，人社局核准登记，企业向乡镇提出移交申请，乡镇接收后办理档案、党组织关系、社保和健康档案各项移交。"
                    + "移交不改变养老金和医疗保险待遇。", roles: []), as: workingTeam)
        try orders.run(
            "公告",
            PublishAnnouncement(
                title: "请各乡镇按月交付上月接收名单", body: "每月交付上月接收人员名单，由社保经办机构核对并衔接社会保障（第十六条（四））。",
                roles: [.township, .socialInsurance]), as: SampleCounty.officer("renshe"))
    }
}
