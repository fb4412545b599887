/// Names as the county's peoples bear them, put together by chance.
enum SampleName {
    enum People: String, CaseIterable {
        case hani = "哈尼族"
        case yi = "彝族"
        case han = "汉族"
        case dai = "傣族"
        case yao = "瑶族"

        /// The county's population, roughly.
        static let weights = [75, 13, 7, 4, 1]
    }

    static func make(_ people: People, isMale: Bool, _ chance: inout SampleChance) -> String {
        switch people {
        case .hani where chance.percent(6): "阿" + chance.pick(haniNames) + "·" + chance.pick(surnames)
        case .hani where chance.percent(28):
            chance.pick(surnames) + chance.pick(["阿", "批", "则", "优", "规", "么"]) + chance.pick(haniNames)
        case .yi where chance.percent(15): "阿" + chance.pick(yiNames) + "·" + chance.pick(["龙", "普", "罗", "李"])
        case .dai where chance.percent(40):
            (isMale ? "岩" : "玉") + chance.pick(daiNames) + "·" + chance.pick(["罕", "应", "叫", "温"])
        case .dai: chance.pick(["刀", "白", "王", "李"]) + chance.pick(isMale ? maleNames : femaleNames)
        case .han: chance.pick(hanSurnames) + chance.pick(isMale ? maleNames : femaleNames)
        case .hani, .yi, .yao: chance.pick(surnames) + chance.pick(isMale ? maleNames : femaleNames)
        }
    }

    private static let surnames = ["李", "白", "马", "普", "陈", "王", "杨", "张", "何", "孔", "罗", "车", "龙"]
    private static let hanSurnames = ["李", "王", "张", "杨", "钱", "周", "赵", "邵", "姚", "孙", "郭", "吴"]
    private static let haniNames = ["鲁", "斗", "嘎", "龙", "者", "山", "贵", "波", "抽", "努", "们", "福", "娘", "成", "卡"]
    private static let yiNames = ["措", "依", "黑", "诺", "合", "支"]
    private static let daiNames = ["温", "香", "光", "罕", "丙", "甩", "儿"]
    private static let maleNames = [
        "建国", "志明", "文华", "国荣", "正明", "绍忠", "家福", "永康", "自强", "光荣", "学文", "开明", "德昌", "世忠", "明亮", "林",
        "云生", "红兵", "卫东", "长寿", "金山", "水生", "发科", "成", "有才", "庆华", "伟", "勇", "建平", "树清", "福寿", "跃进",
    ]
    private static let femaleNames = [
        "秀英", "桂芬", "凤仙", "琼芬", "美仙", "玉珍", "丽华", "秀兰", "红梅", "云芬", "阿妹", "金凤", "春兰", "惠仙", "莲", "琼",
        "桂英", "兰芳", "雪梅", "竹英", "月仙", "翠萍", "素芬", "学琼", "会兰", "菊仙", "萍", "秋菊", "文芬", "正仙", "荞", "顺英",
    ]
}
