using FsCheck.Xunit;

namespace K124.Sim.Tests;

public sealed class SeededRandomTests
{
    [Fact]
    public void Numbers_of_a_seed_are_those_of_the_published_algorithm()
    {
        var random = new SeededRandom(0);
        Assert.Equal(11091344671253066420UL, random.NextBits());
        Assert.Equal(13793997310169335082UL, random.NextBits());
        Assert.Equal(1900383378846508768UL, random.NextBits());
    }

    [Property]
    public bool Draw_is_below_its_bound(ulong seed, long bound)
    {
        var max = (bound & long.MaxValue) | 1;
        return new SeededRandom(seed).Next(max) is var drawn && drawn >= 0 && drawn < max;
    }

    [Property]
    public bool Double_is_from_0_to_below_1(ulong seed) => new SeededRandom(seed).NextDouble() is >= 0 and < 1;

    [Property]
    public bool Same_seed_and_stream_give_the_same_numbers(ulong seed, FsCheck.NonNull<string> stream)
    {
        var first = SeededRandom.Stream(seed, stream.Get);
        var second = SeededRandom.Stream(seed, stream.Get);
        return Enumerable.Range(0, 20).All(_ => first.NextBits() == second.NextBits());
    }

    [Fact]
    public void Streams_of_one_seed_differ()
    {
        Assert.NotEqual(SeededRandom.Stream(7, "a").NextBits(), SeededRandom.Stream(7, "b").NextBits());
    }

    [Fact]
    public void Copy_goes_on_without_moving_the_original()
    {
        var random = new SeededRandom(3);
        random.NextBits();
        var copy = random.Copy();
        var drawn = copy.NextBits();
        copy.NextBits();
        Assert.Equal(drawn, random.NextBits());
    }

    [Fact]
    public void Every_number_below_a_small_bound_comes_up_equally_often()
    {
        const int Bound = 7;
        const int Draws = 70_000;
        var counts = new int[Bound];
        var random = new SeededRandom(1);
        for (var i = 0; i < Draws; i++)
        {
            counts[random.Next(Bound)]++;
        }

        // Five standard deviations of a binomial with 70,000 draws and probability 1/7 are 463.
        Assert.All(counts, static count => Assert.InRange(count, 10_000 - 463, 10_000 + 463));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Bound_below_1_is_refused(long bound) => Assert.Throws<ArgumentOutOfRangeException>(() => new SeededRandom(0).Next(bound));
}
