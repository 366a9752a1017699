using FsCheck;
using FsCheck.Fluent;

namespace K124.Sim.Tests.Scheduling.Guard;

/// <summary>What a case is made from.</summary>
public sealed record CaseSeed(int Value);

/// <summary>Seeds, which are not made smaller: the case made from one is.</summary>
public static class CaseSeeds
{
    public static Arbitrary<CaseSeed> Seeds() => Arb.From(Gen.Choose(0, int.MaxValue).Select(static value => new CaseSeed(value)));
}
