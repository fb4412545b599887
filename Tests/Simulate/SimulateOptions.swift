import Glibc
import Simulation

/// What the command line asks for.
struct SimulateOptions {
    var seeds: UInt64 = 1000
    var first: UInt64 = 1
    var jobs: UInt64 = UInt64(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    var county = Simulation.Kind.small
    var isJSON = false
    /// Stops at the first seed that breaks something.
    var untilBroken = false
    /// Set for the processes that do the work: they take every n-th seed.
    var stride: UInt64?

    static let help = """
        jieli simulate：在一个进程内模拟全县各服务，按随机种子注入故障，核对全部保证
        Simulates the county's services in one process under seeded misfortunes and checks every guarantee.

        用法 Usage: jieli simulate [参数 options]

          --seeds N        种子数（默认 1000）          how many seeds
          --seed S         第一个种子（默认 1）         the first seed; with --seeds 1 to replay one
          --county KIND    small：人社局与一个取用方；whole：全部服务（默认 small）
                                                        which services take part
          --jobs J         并行进程数（默认为处理器数） how many processes
          --until-broken   遇到第一个未成立的种子即停   stop at the first seed that breaks something
          --json           结论以 JSON 输出             the verdict as JSON
          --mutation NAME  在源码副本中去掉一处防护，核对模拟能发现（名称见 Tests/Simulation/Mutations）
                                                        break one guard in a copy of the sources; must be caught
          --help           显示本帮助                   this help

        退出码 exit code: 0 全部成立 all held; 1 有保证未成立 some did not; 64 参数有误 wrong arguments.
        进度写到标准错误。每个种子的过程可重现。Progress goes to standard error. A seed always gives the same run.
        """

    struct Wrong: Error {
        let what: String
    }

    init(_ arguments: [String]) throws(Wrong) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--json" {
                isJSON = true
                continue
            }
            if argument == "--until-broken" {
                untilBroken = true
                continue
            }
            guard let value = rest.popFirst() else { throw Wrong(what: "\(argument) 后面缺少值，或不认识它") }
            switch argument {
            case "--seeds": seeds = try Self.number(argument, value)
            case "--seed": first = try Self.number(argument, value)
            case "--jobs": jobs = min(try Self.number(argument, value), 64)
            case "--stride": stride = try Self.number(argument, value)
            case "--county":
                guard let kind = Simulation.Kind(rawValue: value) else {
                    throw Wrong(what: "--county 须为 small 或 whole")
                }
                county = kind
            default: throw Wrong(what: "不认识参数 \(argument)")
            }
        }
    }

    private static func number(_ key: String, _ value: String) throws(Wrong) -> UInt64 {
        guard let number = UInt64(value), (1...1_000_000_000_000).contains(number) else {
            throw Wrong(what: "\(key) 须为正整数")
        }
        return number
    }
}
