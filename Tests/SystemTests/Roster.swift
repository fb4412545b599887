import FoundationEssentials
import Support

/// Roster files as enterprises send them, made by other programs.
enum Roster {
    /// A workbook made by openpyxl, with a title line above the header and a totals line below.
    static func workbook(in folder: String, people: Int) throws -> String {
        let path = "\(folder)/roster.xlsx"
        let rows = (1...people).map { index in
            "['\(index)','\(name(index))','\(TestIdentity.number(index))','\(index == 1 ? "中共党员" : "群众")',"
                + "'迤萨镇','红河县迤萨镇','红河县','红河县',2850.5,'\(index == 1 ? "供暖费补贴" : "无")']"
        }
        let script = """
            import openpyxl
            book = openpyxl.Workbook()
            sheet = book.active
            sheet.append(['红河县测试茶厂退休人员名册'])
            sheet.append(['序号','姓名','身份证号码','政治面貌','移交乡镇','现居住地址','养老保险参保地','医疗保险参保地','基本养老金','统筹外项目'])
            for row in [\(rows.joined(separator: ","))]:
                sheet.append(row)
            sheet.append(['合计', \(people)])
            book.save('\(path)')
            """
        let made = try Program.run("/usr/bin/python3", ["-c", script])
        guard made.status == 0 else { throw CountyError(text: made.errors) }
        return path
    }

    /// A GB 18030 file made by iconv, as older office programs write it.
    static func csv(in folder: String, people: Int) throws -> String {
        var text = "姓名,身份证号,移交乡镇,户籍地址,政治面貌\n"
        for index in 1...people {
            let birthday = "19\(40 + index / 1000)0\(1 + index % 9)1\(index / 100 % 10)"
            text += "\(name(index)),\(TestIdentity.number(index, birthday: birthday)),迤萨镇,红河县迤萨镇,群众\n"
        }
        let plain = "\(folder)/plain.csv"
        try Data(text.utf8).write(to: URL(filePath: plain))
        let made = try Program.run("/usr/bin/iconv", ["-f", "UTF-8", "-t", "GB18030", "-o", "\(folder)/gb.csv", plain])
        guard made.status == 0 else { throw CountyError(text: made.errors) }
        return "\(folder)/gb.csv"
    }

    private static func name(_ index: Int) -> String { index == 1 ? "李阿明" : "普阿\(index % 2 == 0 ? "贵" : "秀")" }
}
