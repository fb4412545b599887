import Contracts
import Messaging
import Testing

@testable import Gateway

@Suite("One form for many things")
struct OrderEachTests {
    private func outcome(done: Int, refused: [Refusal], failure: BusFailure? = nil, asked: Int = 5) -> (any Error)? {
        var outcome = EachOutcome(asked: asked)
        outcome.done = done
        outcome.refused = refused
        outcome.failure = failure
        do {
            try outcome.check()
            return nil
        } catch { return error }
    }

    @Test("All done is no fault; all refused alike is that refusal")
    func plain() {
        #expect(outcome(done: 5, refused: []) == nil)
        let all = Array(repeating: CommonRefusal.areaNotEntitled, count: 5)
        #expect(outcome(done: 0, refused: all) as? Refusal == CommonRefusal.areaNotEntitled)
    }

    @Test("What was done and what not, and why, is said")
    func partly() throws {
        let error = outcome(
            done: 2,
            refused: [CommonRefusal.areaNotEntitled, CommonRefusal.unknownPerson, CommonRefusal.areaNotEntitled])
        let refusal = try #require(error as? Refusal)
        #expect(refusal.slug == "gateway.form.partly-done")
        #expect(refusal.details.first == "已办理 2 项，共 5 项")
        #expect(refusal.details[1] == "未办理 2 项：\(CommonRefusal.areaNotEntitled.sentence)")
        #expect(refusal.details[2] == "未办理 1 项：\(CommonRefusal.unknownPerson.sentence)")
    }

    @Test("A bus that stops answering in the middle: what is known is said, the rest is open")
    func interrupted() throws {
        #expect(outcome(done: 0, refused: [], failure: .noWorker) is BusFailure)
        let partly = try #require(outcome(done: 2, refused: [], failure: .noWorker) as? PartlyAnswered)
        #expect(partly.outcome.lines == ["已办理 2 项，共 5 项", "没有收到答复 3 项"])
    }
}
