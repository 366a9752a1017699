using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Batch.Jobs.Syncing;

namespace K124.Sim.Tests.Batch.Jobs;

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

    public sealed record IndexStep(int Index, int Kind, int Most);

    private static Gen<IndexStep> IndexStepGen =>
        from index in Gen.Choose(0, 11) from kind in Gen.Choose(0, 3) from most in Gen.Choose(0, 5) select new IndexStep(index, kind, most);

    [Fact]
    public void Open_indexes_equal_a_search_from_the_start_after_every_step() => Prop.ForAll(
        Arb.From(IndexStepGen.ListOf().Select(list => list.ToArray()), DropOne),
        steps =>
        {
            const int Completions = 10;
            var table = new JobPodTable(indexed: true, Completions, tracked: true);
            var rows = new Dictionary<int, int>();
            var completed = new SortedSet<int>();
            foreach (var (index, kind, most) in steps)
            {
                switch (kind)
                {
                    case 0 when !rows.ContainsKey(index):
                        rows.Add(index, table.Add(new(PodPhase.Running, PodFlags.Claimed | PodFlags.Finalizer, index, 0, 0, 0, 0)));
                        break;
                    case 1 when rows.Remove(index, out var row):
                        // It succeeds, is counted, and loses its finalizer.
                        completed.Add(index);
                        table.Set(row, new(PodPhase.Succeeded, PodFlags.Claimed | PodFlags.Finalizer, index, 0, 0, 0, 0));
                        table.Set(row, new(PodPhase.Succeeded, PodFlags.Claimed, index, 0, 0, 0, 0));
                        break;
                    case 2 when rows.Remove(index, out var row):
                        table.Set(row, new(PodPhase.Failed, PodFlags.Claimed, index, 0, 0, 0, 0));
                        break;
                }

                var open = new List<int>();
                table.TakeOpenIndexes(CompletedIndexes.None.With([.. completed]), most, open);
                Assert.Equal(Enumerable.Range(0, Completions).Where(i => !rows.ContainsKey(i) && !completed.Contains(i)).Take(most), open);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static IEnumerable<IndexStep[]> DropOne(IndexStep[] steps) => Enumerable.Range(0, steps.Length).Select(at => (IndexStep[])[.. steps[..at], .. steps[(at + 1)..]]);

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
