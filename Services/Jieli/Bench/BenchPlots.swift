import Host

/// Pictures of the figures that several did, as SVG: a group of bars for each number of callers.
struct BenchPlots {
    private static let colours = ["#1f6f5c", "#7fb8a4", "#c0392b", "#d8a03d", "#5b7fa6", "#8a8a8a"]

    let report: BenchReport

    init(_ report: BenchReport) { self.report = report }

    func write(into folder: String) throws {
        try Folders.make(folder)
        for (row, unit, suffix) in [
            (BenchRow.commands, "每秒", "per-second"), (.commands, "99%", "latency"), (.queries, "每秒", "per-second"),
        ] {
            let figures = report.figures.filter { $0.row == row && $0.what.hasSuffix(unit) }
            guard !figures.isEmpty else { continue }
            let picture = Self.picture("\(row.chinese)：\(unit)（\(figures[0].unit)，\(report.rounds) 轮中位数）", figures)
            try SmallFile.replace("\(folder)/\(row.rawValue)-\(suffix).svg", with: picture)
        }
    }

    private static func picture(_ title: String, _ figures: [BenchFigure]) -> String {
        func distinct(_ values: [String]) -> [String] {
            values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
        let (groups, names) = (distinct(figures.map(\.what)), distinct(figures.map(\.by)))
        let most = figures.map(\.median).max() ?? 1
        let (width, height, bottom) = (720.0, 360.0, 300.0)
        let step = (width - 40) / Double(groups.count)
        let bar = step * 0.8 / Double(names.count)
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Int(width))\" height=\"\(Int(height))\" "
                + "font-family=\"sans-serif\" font-size=\"12\">",
            "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>", text(20, 22, "\(title)", size: 15),
        ]
        for (place, group) in groups.enumerated() {
            let left = 20 + step * (Double(place) + 0.1)
            for (index, name) in names.enumerated() {
                guard let figure = figures.first(where: { $0.what == group && $0.by == name }) else { continue }
                let tall = max(1, figure.median / most * 230)
                let x = left + bar * Double(index)
                parts.append(
                    "<rect x=\"\(Int(x))\" y=\"\(Int(bottom - tall))\" width=\"\(max(2, Int(bar) - 2))\" "
                        + "height=\"\(Int(tall))\" fill=\"\(colours[index % colours.count])\"/>")
                parts.append(text(x, bottom - tall - 3, BenchReport.text(figure.median), size: 9))
            }
            parts.append(text(left, bottom + 16, group, size: 11))
        }
        for (index, name) in names.enumerated() {
            let x = 20 + 120 * Double(index)
            let colour = colours[index % colours.count]
            parts.append("<rect x=\"\(Int(x))\" y=\"334\" width=\"12\" height=\"12\" fill=\"\(colour)\"/>")
            parts.append(text(x + 16, 344, name, size: 12))
        }
        return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private static func text(_ x: Double, _ y: Double, _ text: String, size: Int) -> String {
        "<text x=\"\(Int(x))\" y=\"\(Int(y))\" font-size=\"\(size)\">\(text)</text>"
    }
}
