import Contracts
import Domain

/// 第十一条（四）: the state owner's equity is written down by its share of what is given away free of charge.
enum WriteDownRule {
    /// The total book value times the state's share, rounded once, half up, to the fen: rounding each item on its own
    /// would drift from the total that stands in the books.
    ///
    /// Errors: `assets.inventory.value-too-large`. Book values are not negative and the denominator is positive.
    static func writeDown(_ items: [AssetItem], numerator: Int64, denominator: Int64) throws -> WriteDown {
        do {
            let total = try Money.sum(items.map { Money(amountInFen: $0.bookValueInFen) })
            return WriteDown(
                bookValueInFen: total.amountInFen, stateShareNumerator: numerator, stateShareDenominator: denominator,
                writeDownInFen: try total.multiplied(byNumerator: numerator, denominator: denominator).amountInFen)
        } catch {
            throw AssetsRefusal.valueTooLarge
        }
    }
}
