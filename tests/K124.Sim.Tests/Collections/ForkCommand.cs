using FsCheck;
using FsCheck.Fluent;

namespace K124.Sim.Tests.Collections;

public enum ForkCommandKind
{
    Set,
    Remove,
    Fork,
    Switch,
}

/// <summary>One step in the lives of a collection and its forks; the numbers choose among what there is.</summary>
public sealed record ForkCommand(ForkCommandKind Kind, int First, int Second)
{
    private static readonly (int Weight, ForkCommandKind Kind)[] Weights =
        [(40, ForkCommandKind.Set), (20, ForkCommandKind.Remove), (2, ForkCommandKind.Fork), (20, ForkCommandKind.Switch)];

    public static Arbitrary<ForkCommand[]> Lives(int length) => Arb.From(
        (from kind in Gen.Frequency(Weights.Select(static weight => (weight.Weight, Gen.Constant(weight.Kind))))
         from first in Gen.Choose(0, 999)
         from second in Gen.Choose(0, 999_999)
         select new ForkCommand(kind, first, second)).ArrayOf(length),
        Shrinking.DropChunks);
}
