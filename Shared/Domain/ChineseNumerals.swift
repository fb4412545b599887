/// Chinese numerals for whole numbers from 0 to 9999.
public enum ChineseNumerals {
    /// Everyday numerals: 12 → `十二`, 105 → `一百零五`. Nil outside 0…9999.
    public static func everyday(_ number: Int) -> String? {
        guard let text = spell(number, digits: Array("零一二三四五六七八九"), places: Array("个十百千")) else {
            return nil
        }
        // Ten to nineteen are said without the leading one: 十二, not 一十二.
        return (10...19).contains(number) ? String(text.dropFirst()) : text
    }

    /// Capital numerals, which cannot be altered with a stroke: 90 → `玖拾`. Letters of introduction and receipts need
    /// them. Nil outside 0…9999.
    public static func capital(_ number: Int) -> String? {
        spell(number, digits: Array("零壹贰叁肆伍陆柒捌玖"), places: Array("个拾佰仟"))
    }

    private static func spell(_ number: Int, digits: [Character], places: [Character]) -> String? {
        guard (0...9999).contains(number) else { return nil }
        guard number > 0 else { return String(digits[0]) }
        var result = ""
        var skippedZero = false
        var divisor = 1000
        for place in stride(from: 3, through: 0, by: -1) {
            let digit = number / divisor % 10
            divisor /= 10
            guard digit > 0 else {
                skippedZero = !result.isEmpty
                continue
            }
            if skippedZero { result.append(digits[0]) }
            skippedZero = false
            result.append(digits[digit])
            if place > 0 { result.append(places[place]) }
        }
        return result
    }
}
