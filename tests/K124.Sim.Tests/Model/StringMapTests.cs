using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;

namespace K124.Sim.Tests.Model;

public sealed class StringMapTests
{
    private static readonly string[] Keys = ["", "A", "B", "a", "b", "a-b", "a.b", "é", "z"];

    private static Gen<(string Key, int Value)[]> Steps =>
        from steps in Gen.Elements(Keys).Zip(Gen.Choose(-2, 4)).ListOf()
        select steps.Select(static step => (step.Item1, step.Item2)).ToArray();

    [Fact]
    public void Any_sequence_of_changes_equals_a_sorted_dictionary() => Prop.ForAll(Arb.From(Steps), static steps =>
    {
        var map = StringMap<int>.Empty;
        var model = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, value) in steps)
        {
            map = value < 0 ? map.Without(key) : map.With(key, value);
            if (value < 0)
            {
                model.Remove(key);
            }
            else
            {
                model[key] = value;
            }

            var made = model.Reverse().ToStringMap();
            if (!map.SequenceEqual(model) || !map.Equals(made) || map.GetHashCode() != made.GetHashCode() || map.Count != model.Count
                || !map.Keys.SequenceEqual(model.Keys) || !map.Values.SequenceEqual(model.Values) || !Array.TrueForAll(Keys, probe => IsFoundAlike(map, model, probe))
                || map.Equals(map.With("new", 1)) || map.Equals(map.With(key, 9)))
            {
                return false;
            }
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Of_refuses_a_key_that_occurs_twice() =>
        Assert.Contains("'a' occurs twice", Assert.Throws<ArgumentException>(() => StringMap.Of(("a", 1), ("b", 2), ("a", 1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Indexer_refuses_an_absent_key() => Assert.Throws<KeyNotFoundException>(() => StringMap.Of(("a", 1))["A"]);

    [Fact]
    public void ObjectKey_orders_by_namespace_then_name_ordinally()
    {
        ObjectKey[] ordered = [new("", "z"), new("A", "b"), new("a", "B"), new("a", "b"), new("b", "a")];
        for (var i = 0; i < ordered.Length; i++)
        {
            for (var j = 0; j < ordered.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(ordered[i].CompareTo(ordered[j])));
                Assert.Equal(i < j, ordered[i] < ordered[j]);
                Assert.Equal(i > j, ordered[i] > ordered[j]);
                Assert.Equal(i <= j, ordered[i] <= ordered[j]);
                Assert.Equal(i >= j, ordered[i] >= ordered[j]);
            }
        }
    }

    private static bool IsFoundAlike(StringMap<int> map, SortedDictionary<string, int> model, string key) =>
        map.ContainsKey(key) == model.ContainsKey(key)
        && map.TryGetValue(key, out var found) == model.TryGetValue(key, out var expected)
        && found == expected;
}
