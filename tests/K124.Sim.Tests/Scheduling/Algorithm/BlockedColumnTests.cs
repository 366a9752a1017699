using FsCheck.Xunit;
using K124.Sim.Scheduling.Algorithm.Indexing;

namespace K124.Sim.Tests.Scheduling.Algorithm;

public sealed class BlockedColumnTests
{
    [Property(MaxTest = 200, QuietOnSuccess = true)]
    public void Column_answers_as_a_scan_of_the_numbers_does(FsCheck.DoNotSize<int> seed)
    {
        var dice = new ClusterDice(seed.Item);
        var length = 1 + dice.Below(700);
        var expected = new short[length];
        Array.Fill(expected, BlockedColumn.None);
        var column = new BlockedColumn(length);
        var greatest = (short)(1 + dice.Below(dice.Chance(50) ? 6 : 1_300));
        for (var step = 0; step < 60; step++)
        {
            for (var change = dice.Below(40); change >= 0; change--)
            {
                var position = dice.Below(length);
                column[position] = expected[position] = dice.Chance(30) ? BlockedColumn.None : (short)dice.Below(greatest + 1);
            }

            var from = dice.Below(length);
            var to = from + dice.Below(length + 1 - from);
            AssertRange(column, expected, from, to, dice);
            AssertRange(column, expected, 0, length, dice);
        }

        Assert.Equal(expected.Count(static value => value >= 0), column.Count);
    }

    [Fact]
    public void Filling_at_once_equals_setting_one_by_one()
    {
        var (oneByOne, atOnce) = (new BlockedColumn(300), new BlockedColumn(300));
        foreach (var position in new[] { 299, 0, 127, 128, 64 })
        {
            oneByOne[position] = (short)position;
            atOnce.Put(position, (short)position);
        }

        atOnce.Complete();
        Assert.Equal(oneByOne.Max(0, 300), atOnce.Max(0, 300));
        Assert.Equal(oneByOne.Max(1, 299), atOnce.Max(1, 299));
        Assert.Equal(oneByOne.Present.ToArray(), atOnce.Present.ToArray());
        atOnce.Clear();
        Assert.Equal((BlockedColumn.None, 0, 0), (atOnce.Max(0, 300), atOnce.Count, atOnce.CountPresent(0, 300)));
    }

    private static void AssertRange(BlockedColumn column, short[] values, int from, int to, ClusterDice dice)
    {
        var range = values[from..to];
        var max = range.DefaultIfEmpty(BlockedColumn.None).Max();
        Assert.Equal(max, column.Max(from, to));
        Assert.Equal(range.Count(static value => value >= 0), column.CountPresent(from, to));
        if (max >= 0)
        {
            Assert.Equal(from + Array.IndexOf(range, max), column.First(max, from, to));
            Assert.Equal(range.Count(value => value == max), column.CountOf(max, from, to));
            var ranks = Enumerable.Range(0, values.Length).OrderBy(_ => dice.Below(1000)).ToArray();
            Assert.Equal(
                Enumerable.Range(from, to - from).Where(position => values[position] == max).MinBy(position => ranks[position]),
                column.LowestRank(max, from, to, ranks, -1));
        }
    }
}
