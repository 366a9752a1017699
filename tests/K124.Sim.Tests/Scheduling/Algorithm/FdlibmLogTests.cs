using K124.Sim.Scheduling.Algorithm;

namespace K124.Sim.Tests.Scheduling.Algorithm;

public sealed class FdlibmLogTests
{
    [Fact]
    public void Logarithms_differ_from_the_platform_for_198_of_the_integers_up_to_20002()
    {
        var different = Enumerable.Range(2, 20_001).Where(static x => FdlibmLog.Log(x) != Math.Log(x)).ToArray();
        Assert.Equal(198, different.Length);
        Assert.Equal([3, 14, 48, 74, 176], different.Take(5));
    }

    [Fact]
    public void Logarithms_are_within_one_unit_in_the_last_place() =>
        Assert.All(Enumerable.Range(1, 2_000), static x => Assert.InRange(FdlibmLog.Log(x), Math.BitDecrement(Math.Log(x)), Math.BitIncrement(Math.Log(x))));
}
