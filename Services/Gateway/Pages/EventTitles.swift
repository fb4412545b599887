import Contracts

/// What each event is called on a timeline. A test holds the table against the contracts.
enum EventTitles {
    static func title(of event: String) -> String { titles[event] ?? event }

    static let titles: [String: String] = [
        EnterpriseRecorded.name: "登记企业", RosterClosed.name: "名册导入完毕", RosterUndone.name: "名册撤销",
        PersonRegistered.name: "列入台账", PartyMembershipNoted.name: "名册注明为党员",
        PartyMembershipEnded.name: "不再按党员办理",
        FileRuleNoted.name: "名册注明档案由县委管理", OutOfPoolNoted.name: "名册注明有统筹外项目",
        PersonWithdrawn.name: "随名册撤出台账", PersonVerified.name: "人社局核准登记",
        ApplicationSubmitted.name: "企业提出移交申请", ApplicationRefused.name: "乡镇退回移交申请",
        ApplicationAccepted.name: "乡镇接收移交申请", PersonApplied.name: "列入移交申请", PersonReturned.name: "移交申请退回",
        PersonAccepted.name: "乡镇接收，转由属地管理", PersonConfirmed.name: "核对本人信息", CardIssued.name: "发放联系卡",
        ContactRecorded.name: "更改乡镇联系方式",
        PersonHandedOver.name: "各事项全部移交", PersonReopened.name: "有事项退回，重新办理",
        FileReleased.name: "撤销不移交登记", MembershipDenied.name: "组织部核实不是党员", FileReceived.name: "档案局接收人事档案",
        FileReturned.name: "人事档案退回整理",
        FileHeldBack.name: "人事档案按规定不移交", TransferPrepared.name: "党组织关系转接前工作", TransferSent.name: "党组织关系转出",
        TransferAccepted.name: "接收党组织关系", TransferReturned.name: "党组织关系退回", MemberPlaced.name: "编入党支部",
        InventoryRecorded.name: "资产清查", NoAssetsDeclared.name: "声明无专用资产", AgreementSigned.name: "签订资产划转协议",
        AssetsHandedOver.name: "资产交接", SurveyFrozen.name: "统筹外项目清理完毕", BenefitsRegistered.name: "登记统筹外项目",
        IntakeListBuilt.name: "生成月度接收名单", PersonListed.name: "列入月度名单交社保经办机构", PersonChecked.name: "社保经办机构核对",
        RecordOpened.name: "建立健康档案", AnnouncementPublished.name: "发布公告", SupervisionOpened.name: "发出督办通知",
        SupervisionAnswered.name: "答复督办通知", SupervisionClosed.name: "督办办结", DeadlinePassed.name: "事项逾期",
        LateTrackDone.name: "逾期事项办结", UserRecorded.name: "登记账号",
    ]
}
