using FsCheck.Xunit;
using K124.Sim.Scheduling.Algorithm.Indexing;

namespace K124.Sim.Tests.Scheduling.Algorithm;

public sealed class SearchWindowTests
{
    [Property(MaxTest = 300, QuietOnSuccess = true)]
    public void Window_is_what_a_search_node_by_node_examines(FsCheck.DoNotSize<int> seed)
    {
        var dice = new ClusterDice(seed.Item);
        var length = 1 + dice.Below(600);
        var groupOf = Enumerable.Range(0, length).Select(_ => dice.Below(3)).ToArray();
        var values = Enumerable.Range(0, length).Select(_ => dice.Chance(40) ? BlockedColumn.None : (short)dice.Below(3)).ToArray();
        var groups = Enumerable.Range(0, 3).Select(_ => new NodeGroup(0) { Column = new(length), Verdict = dice.Chance(80) ? 0 : 1 }).ToList();
        for (var position = 0; position < length; position++)
        {
            groups[groupOf[position]].Column![position] = values[position];
        }

        var (first, wanted) = (dice.Below(length), 1 + dice.Below(length));
        var window = new SearchWindow();
        window.Find(groups, new([.. Enumerable.Range(0, length)], length), first, wanted);

        var feasible = new List<int>();
        var examined = 0;
        for (; examined < length; examined++)
        {
            var position = (first + examined) % length;
            if (values[position] >= 0 && groups[groupOf[position]].Passes)
            {
                if (feasible.Count == wanted)
                {
                    break;
                }

                feasible.Add(position);
            }
        }

        Assert.Equal((feasible.Count, examined), (window.Feasible, window.Examined));
        Assert.Equal(feasible.Select(position => groups[groupOf[position]]).ToHashSet(), window.Groups.ToHashSet());
        Assert.All(window.Groups, group => Assert.Equal(feasible.Count(position => groups[groupOf[position]] == group), window.CountFit(group)));
        Assert.All(window.Groups, group => Assert.Equal(feasible.Where(position => groups[groupOf[position]] == group).Order(), PositionsWithin(window, group.Column!)));
        AssertTies(window, feasible, position => (groups[groupOf[position]], values[position]), dice);
    }

    /// <summary>The positions of a column in the window, as those who go through it word by word find them.</summary>
    private static IEnumerable<int> PositionsWithin(SearchWindow window, BlockedColumn column)
    {
        const int WordSize = 1 << BlockedColumn.WordBits;
        for (var position = 0; position < column.Present.Length * WordSize; position++)
        {
            var word = position / WordSize;
            if ((window.Within(word, column.Present[word]) >> (position % WordSize) & 1) != 0)
            {
                yield return position;
            }
        }
    }

    private static void AssertTies(SearchWindow window, List<int> feasible, Func<int, (NodeGroup Group, short Value)> at, ClusterDice dice)
    {
        var tied = window.Groups.Where(_ => dice.Chance(70)).Select(static group => (group, group.Best)).ToList();
        var expected = feasible.Where(position => tied.Contains(at(position))).ToList();
        for (var index = 0; index < expected.Count; index += 1 + dice.Below(20))
        {
            Assert.Equal(expected[index], window.Nth(tied, index));
        }

        var ranks = Enumerable.Range(0, 600).OrderBy(_ => dice.Below(1000)).ToArray();
        Assert.Equal(expected.Count == 0 ? -1 : expected.MinBy(position => ranks[position]), window.LowestRank(tied, ranks));
    }
}
