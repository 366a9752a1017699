using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Batch.Internal;

namespace K124.Sim.Tests.Batch;

public class CompletedIndexesTests
{
    private static Arbitrary<int[]> IndexSets() => Arb.From(Gen.Choose(0, 40).ListOf().Select(list => list.Distinct().Order().ToArray()));

    [Fact]
    public void A_set_written_and_read_back_is_the_same_set() => Prop.ForAll(IndexSets(), set =>
    {
        var text = CompletedIndexes.None.With(set).ToString();
        var read = CompletedIndexes.Parse(text, 41);
        return read.ToString() == text && read.Total == set.Length && Enumerable.Range(0, 41).All(i => read.Contains(i) == set.Contains(i));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Joining_equals_the_union_of_sets() => Prop.ForAll(IndexSets(), IndexSets(), (first, second) =>
        CompletedIndexes.None.With(first).With(second).ToString() == CompletedIndexes.None.With([.. first.Union(second).Order()]).ToString())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_changing_set_equals_a_sorted_set_after_every_step() => Prop.ForAll(Arb.From(Gen.Choose(0, 30).ListOf()), toggles =>
    {
        var set = new IndexSet();
        var model = new SortedSet<int>();
        foreach (var index in toggles)
        {
            if (model.Remove(index))
            {
                set.Remove(index);
            }
            else
            {
                model.Add(index);
                set.Add(index);
            }

            Assert.Equal(CompletedIndexes.None.With([.. model]).ToString(), set.Snapshot.ToString());
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("1,3-5", 10, "1,3-5")]
    [InlineData("3,1", 10, "3,1")]
    [InlineData("2-1", 10, "2")]
    [InlineData("x,1,-4,5-y,7", 10, "1,7")]
    [InlineData("99999999999999999999,4", 10, "4")]
    [InlineData("8,12,3", 10, "8")]
    [InlineData("5-99999999999", 10, "5-9")]
    [InlineData(" 1,2", 10, "2")]
    [InlineData("1-2-9", 10, "1,2")]
    public void A_hostile_text_reads_as_the_controller_reads_it(string text, int completions, string expected) =>
        Assert.Equal(expected, CompletedIndexes.Parse(text, completions).ToString());
}
