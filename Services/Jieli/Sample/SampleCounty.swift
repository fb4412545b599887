import Contracts
import Domain
import Sealing

/// A county to try the programs with: fictitious enterprises and people, taken through every step by the officers who
/// would take it, so that every list and every state has somebody in it.
enum SampleCounty {
    /// Loads it into an empty county.
    /// - Parameters:
    ///   - people: how many are to be in the ledger.
    ///   - progress: told what has been done, in Chinese, a line for each phase.
    /// - Returns: the accounts to sign in with.
    /// - Throws: `CommandFailure` that names the step, `SealingError`.
    static func load(client: BusClient, people: Int, progress: (String) -> Void) throws -> [SampleUser] {
        let plan = SamplePlan(people: people, today: CalendarDay(SystemClock().now()))
        let orders = SampleOrders(client: client)
        let following = SampleFollowing(client: client)
        try recordUsers(orders)
        client.prove(by: SignedInOfficers(client) { _ in password })
        try recordContacts(orders)
        progress("样例：登记 \(users.count) 个账号")
        let persons = try SampleRegistration(plan: plan, client: client, orders: orders).run(progress)
        try following.waitUntilHeard()
        try SampleUnits(plan: plan, orders: orders).run(progress)
        try SampleTracks(plan: plan, persons: persons, orders: orders, following: following).run(progress)
        try following.waitUntilHeard()
        return users
    }

    private static func recordUsers(_ orders: SampleOrders) throws {
        try orders.run(
            "登记账号",
            users.map { user in
                let record = RecordAccount(
                    user: user.user, displayName: user.displayName, role: user.role, area: user.area,
                    password: password)
                return (record, .program)
            })
    }

    /// No subscriber's number begins with 0: nobody is called by mistake.
    private static func recordContacts(_ orders: SampleOrders) throws {
        try orders.run(
            "登记乡镇联系方式",
            Township.all.enumerated().map { index, township in
                let contact = ServiceContact(
                    telephone: "0873-00000\(index + 10)", address: "\(township.name)社会保障服务中心（示例）")
                return (RecordContact(contact: contact), officer(of: township))
            })
    }
}
