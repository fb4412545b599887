import Domain

/// The political status (政治面貌, GB/T 4762) as rosters write it: by its name, its code or a usual short form.
enum PoliticalStatus {
    private static let members: Set<String> = [
        "中共党员", "中共正式党员", "正式党员", "党员", "中国共产党党员", "中国共产党", "中共", "中共预备党员", "预备党员", "中国共产党预备党员",
        "01", "1", "02", "2",
    ]
    private static let others: Set<String> = [
        "群众", "普通公民", "共青团员", "中国共产主义青年团团员", "团员", "无党派", "无党派人士", "无党派民主人士", "非党员", "非中共党员", "不是党员",
        "无", "否", "-", "—", "/", "03", "3", "04", "4", "05", "5", "06", "6", "07", "7", "08", "8", "09", "9", "10",
        "11", "12",
        "13",
    ]
    private static let otherParties = ["民革", "民盟", "民建", "民进", "农工", "致公", "九三", "台盟", "民主党派"]

    /// Nil when the text says neither yes nor no: a member must not be lost without a word. An empty text says no.
    static func membership(_ text: String) -> Bool? {
        // Behind the status many write when somebody joined, or where: 中共党员（1975.7）.
        let bare = TextForm.removingBlanks(String(text.prefix { $0 != "（" && $0 != "(" }))
        if bare.isEmpty || others.contains(bare) || otherParties.contains(where: bare.contains) { return false }
        return members.contains(bare) ? true : nil
    }
}
