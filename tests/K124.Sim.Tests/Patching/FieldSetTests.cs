using System.Text.Json.Nodes;
using FsCheck.Xunit;
using K124.Sim.Patching.Fields;

namespace K124.Sim.Tests.Patching;

public class FieldSetTests
{
    private static readonly string[][] Universe =
    [
        ["a"], ["b"], ["c"], ["a", "x"], ["a", "y"], ["b", "x"], ["a", "x", "1"], ["a", "x", "2"], ["b", "x", "1"], ["c", "z", "9"],
    ];

    [Property]
    public void Algebra_agrees_with_sets_of_paths(int left, int right)
    {
        var (a, b) = (Choose(left), Choose(right));
        var (x, y) = (Set(a), Set(b));

        Assert.Equal(Texts(a.Union(b)), Texts(x.Union(y)));
        Assert.Equal(Texts(a.Intersect(b)), Texts(x.Intersection(y)));
        Assert.Equal(Texts(a.Except(b)), Texts(x.Difference(y)));
        Assert.Equal(Texts(a.Where(p => !b.Any(q => p.Take(q.Length).SequenceEqual(q)))), Texts(x.RecursiveDifference(y)));
    }

    [Property]
    public void Encoding_is_read_back(int choice)
    {
        var set = Set(Choose(choice));

        Assert.True(FieldsV1.TryDecode(FieldsV1.Encode(set), out var read));
        Assert.Equal(set, read);
    }

    [Fact]
    public void Elements_of_lists_are_written_with_sorted_members()
    {
        var key = PathElement.Key(
            KeyValuePair.Create("protocol", KeyValue.Of(JsonValue.Create("TCP"))), KeyValuePair.Create("containerPort", KeyValue.Of(JsonValue.Create(80L))));

        Assert.Equal("k:{\"containerPort\":80,\"protocol\":\"TCP\"}", key.Encoded);
        Assert.Equal("[containerPort=80,protocol=\"TCP\"]", key.ToString());
        Assert.True(PathElement.TryDecode(key.Encoded, out var read));
        Assert.Equal(0, key.CompareTo(read));
    }

    [Fact]
    public void Ports_are_ordered_by_number()
    {
        var small = PathElement.Key(KeyValuePair.Create("port", KeyValue.Of(JsonValue.Create(80L))));
        var large = PathElement.Key(KeyValuePair.Create("port", KeyValue.Of(JsonValue.Create(443L))));

        Assert.True(small.CompareTo(large) < 0);
    }

    [Fact]
    public void Siblings_that_share_an_array_repeat_the_last_of_them()
    {
        var three = FieldPath.Root.Then(PathElement.Field("a")).Then(PathElement.Field("b")).Then(PathElement.Field("c"));
        var first = three.Then(PathElement.Field("x"));
        var second = three.Then(PathElement.Field("y"));

        Assert.Equal((".a.b.c.y", ".a.b.c.y"), (first.ToString(), second.ToString()));
    }

    private static List<string[]> Choose(int bits) => [.. Universe.Where((_, i) => (bits >> i & 1) == 1)];

    private static FieldSet Set(IEnumerable<string[]> paths) =>
        paths.Aggregate(FieldSet.Empty, static (set, p) => set.Union(FieldSet.OfFields(p)));

    private static string Texts(IEnumerable<string[]> paths) =>
        string.Join(' ', paths.Select(static p => "." + string.Join('.', p)).Order(StringComparer.Ordinal));

    private static string Texts(FieldSet set) => Texts(Walk(set, []));

    private static IEnumerable<string[]> Walk(FieldSet set, string[] prefix)
    {
        foreach (var entry in set.Entries.ToArray())
        {
            string[] path = [.. prefix, entry.Element.Name];
            if (entry.IsMember)
            {
                yield return path;
            }

            foreach (var below in Walk(entry.Children ?? FieldSet.Empty, path))
            {
                yield return below;
            }
        }
    }
}
