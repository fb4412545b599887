import Contracts
import Host
import Support
import Testing

@testable import Store

@Suite("A full disk")
struct FullDiskTests {
    @Test("It is the service's complaint, queries go on, and it goes by itself once something can be written")
    func complaint() throws {
        let producer = try ServiceBench<Producer>()
        _ = try producer.core.subscriptions()
        try producer.produce(1)
        #expect(producer.core.complaint == nil)
        try producer.core.store.limitPages(1)
        var slug: String?
        for _ in 0..<1000 where slug == nil {
            do { try producer.produce(1) } catch let refusal as Refusal { slug = refusal.slug }
        }
        #expect(slug == "store.disk-full")
        #expect(producer.core.complaint?.slug == "store.disk-full")
        _ = try producer.look()
        #expect(producer.core.complaint != nil, "a commit that changes nothing proves nothing")
        try producer.core.store.limitPages(1_000_000)
        try producer.wake()
        #expect(producer.core.complaint == nil)
        try producer.produce(1)
    }
}
