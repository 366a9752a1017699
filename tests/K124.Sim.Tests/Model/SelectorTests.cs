using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;

namespace K124.Sim.Tests.Model;

public sealed class SelectorTests
{
    private static readonly string[] Keys = ["a", "b", "x.io/c", "", "-bad", "a/b/c"];
    private static readonly string[] Values = ["", "1", "5", "7", "x", "-5", "_bad", "9223372036854775808"];
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(5000);

    private static Gen<string> OftenGoodKeys => Gen.Frequency((12, Gen.Elements(Keys[..3])), (1, Gen.Elements(Keys)));

    private static Gen<string> OftenGoodValues => Gen.Frequency((12, Gen.Elements(Values[..5])), (1, Gen.Elements(Values)));

    private static Gen<(string Key, string Operator, string[] Values)> Requirements =>
        from key in OftenGoodKeys
        from op in Gen.Elements("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "Is")
        from count in op is "In" or "NotIn" ? Gen.Choose(0, 3) : Gen.Frequency((6, Gen.Constant(op is "Gt" or "Lt" ? 1 : 0)), (1, Gen.Choose(0, 2)))
        from values in OftenGoodValues.ArrayOf(count)
        select (key, op, values);

    private static Gen<StringMap<string>> Labels =>
        from pairs in Gen.Elements(Keys[..3]).Zip(Gen.Elements("", "1", "5", "6", "7", "x", "-9", "9223372036854775808")).ListOf()
        select pairs.DistinctBy(static pair => pair.Item1).Select(static pair => KeyValuePair.Create(pair.Item1, pair.Item2)).ToStringMap();

    private static Gen<(string Key, string Operator, string[] Values)> Fields =>
        from key in Gen.Frequency((8, Gen.Constant("metadata.name")), (1, Gen.Constant("metadata.namespace")))
        from op in Gen.Elements("In", "In", "NotIn", "Exists")
        from count in Gen.Frequency((6, Gen.Constant(1)), (1, Gen.Choose(0, 2)))
        from values in Gen.Elements("n1", "n2").ArrayOf(count)
        select (key, op, values);

    [Fact]
    public void LabelSelector_matches_as_the_naive_one() => Prop.ForAll(
        Arb.From(Labels), Arb.From(Gen.Choose(0, 3).SelectMany(static count => Requirements.ArrayOf(count))), Arb.From(Labels), static (exact, requirements, labels) =>
        {
            var selector = new LabelSelector
            {
                MatchLabels = exact,
                MatchExpressions = [.. requirements.Select(static r => new LabelSelectorRequirement { Key = r.Key, Operator = r.Operator, Values = [.. r.Values] })],
            };
            var all = requirements.Concat(exact.Select(static pair => (pair.Key, "In", new[] { pair.Value }))).ToArray();
            var expected = Array.TrueForAll(all, static r => r.Item2 is not ("Gt" or "Lt") && IsValid(r)) && Array.TrueForAll(all, r => Holds(r, labels));
            return selector.Matches(labels) == expected;
        }).Check(Many);

    [Fact]
    public void NodeSelector_matches_as_the_naive_one()
    {
        var terms =
            from expressionCount in Gen.Choose(0, 2)
            from expressions in Requirements.ArrayOf(expressionCount)
            from fieldCount in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(0, 2)))
            from fields in Fields.ArrayOf(fieldCount)
            select (expressions, fields);
        Prop.ForAll(Arb.From(Gen.Choose(0, 3).SelectMany(count => terms.ArrayOf(count))), Arb.From(Labels), static (terms, labels) =>
        {
            var selector = new NodeSelector
            {
                NodeSelectorTerms = [.. terms.Select(static term => new NodeSelectorTerm
                {
                    MatchExpressions = [.. term.expressions.Select(Requirement)],
                    MatchFields = [.. term.fields.Select(Requirement)],
                })],
            };
            var expected = Array.Exists(terms, term => term.expressions.Length + term.fields.Length > 0
                && Array.TrueForAll(term.expressions, r => IsValid(r) && Holds(r, labels))
                && Array.TrueForAll(term.fields, static f => f.Key == "metadata.name" && f.Values.Length == 1
                    && (f.Operator == "In" ? f.Values[0] == "n1" : f.Operator == "NotIn" && f.Values[0] != "n1")));
            return selector.Matches(new Node { Metadata = new() { Name = "n1", Labels = labels } }) == expected;
        }).Check(Many);
    }

    [Fact]
    public void Empty_LabelSelector_matches_everything_and_empty_NodeSelector_nothing()
    {
        Assert.True(new LabelSelector().Matches(StringMap<string>.Empty));
        Assert.False(new NodeSelector().Matches(new Node()));
        Assert.False(new NodeSelector { NodeSelectorTerms = [new()] }.Matches(new Node()));
    }

    [Fact]
    public void Toleration_truth_table()
    {
        var checkedCount = 0;
        foreach (var key in new[] { "", "k", "l" })
        {
            foreach (var op in new[] { "", "Equal", "Exists", "exists" })
            {
                foreach (var value in new[] { "", "v" })
                {
                    foreach (var effect in new[] { "", "NoSchedule", "NoExecute" })
                    {
                        foreach (var taintValue in new[] { "", "v" })
                        {
                            var taint = new Taint { Key = "k", Value = taintValue, Effect = "NoSchedule" };
                            var expected = key != "l" && effect != "NoExecute" && op != "exists" && (op == "Exists" || value == taintValue);
                            Assert.Equal(expected, new Toleration { Key = key, Operator = op, Value = value, Effect = effect }.Tolerates(taint));
                            checkedCount++;
                        }
                    }
                }
            }
        }

        Assert.Equal(144, checkedCount);
    }

    private static NodeSelectorRequirement Requirement((string Key, string Operator, string[] Values) r) => new() { Key = r.Key, Operator = r.Operator, Values = [.. r.Values] };

    private static bool IsValid((string Key, string Operator, string[] Values) r) =>
        Keys.AsSpan(0, 3).Contains(r.Key) && Array.TrueForAll(r.Values, static v => v is not ("-5" or "-9" or "_bad")) && r.Operator switch
        {
            "In" or "NotIn" => r.Values.Length > 0,
            "Exists" or "DoesNotExist" => r.Values.Length == 0,
            "Gt" or "Lt" => r.Values.Length == 1 && Integer(r.Values[0]) is not null,
            _ => false,
        };

    private static bool Holds((string Key, string Operator, string[] Values) r, StringMap<string> labels)
    {
        var label = labels.ToDictionary().GetValueOrDefault(r.Key);
        return r.Operator switch
        {
            "In" => label is not null && r.Values.Contains(label),
            "NotIn" => label is null || !r.Values.Contains(label),
            "Exists" => label is not null,
            "DoesNotExist" => label is null,
            "Gt" => label is not null && Integer(label) > Integer(r.Values[0]),
            _ => label is not null && Integer(label) < Integer(r.Values[0]),
        };
    }

    private static long? Integer(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
