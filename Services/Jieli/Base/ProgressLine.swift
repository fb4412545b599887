/// How far a long piece of work is: in place on a terminal, elsewhere a line for each tenth.
struct ProgressLine {
    private let what: String
    private let unit: String
    private var shownTenths = 0

    init(_ what: String, unit: String) {
        self.what = what
        self.unit = unit
    }

    mutating func show(_ done: Int, of total: Int) {
        let text = "\(what) \(done)/\(total) \(unit)"
        if Terminal.isInteractive { return Terminal.show(text) }
        let tenths = total == 0 ? 10 : done * 10 / total
        guard tenths > shownTenths else { return }
        shownTenths = tenths
        Terminal.complain(text)
    }

    func end() {
        if Terminal.isInteractive { Terminal.show("") }
    }
}
