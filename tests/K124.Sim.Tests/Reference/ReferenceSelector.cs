using System.Globalization;
using System.Text.RegularExpressions;
using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>A conjunction of label tests; null where the text of the API object does not parse.</summary>
public sealed partial record ReferenceSelector(bool MatchesNothing, IReadOnlyList<ReferenceSelector.Test> Tests)
{
    public sealed record Test(string Key, string Operator, IReadOnlyList<string> Values)
    {
        public bool Holds(StringMap<string> labels)
        {
            var present = labels.TryGetValue(Key, out var value);
            return Operator switch
            {
                "In" => present && Values.Contains(value!),
                "NotIn" => !present || !Values.Contains(value!),
                "Exists" => present,
                "DoesNotExist" => !present,
                "Gt" => present && Integer(value!) is { } number && number > Integer(Values[0]),
                "Lt" => present && Integer(value!) is { } number && number < Integer(Values[0]),
                _ => false,
            };
        }
    }

    public static readonly ReferenceSelector Everything = new(false, []);

    public static ReferenceSelector? Parse(LabelSelector? selector)
    {
        if (selector is null)
        {
            return new(true, []);
        }

        var tests = selector.MatchLabels.Select(static pair => ParseTest(pair.Key, "In", [pair.Value], false))
            .Concat(selector.MatchExpressions.Select(static e => ParseTest(e.Key, e.Operator, [.. e.Values], false))).ToList();
        return tests.Contains(null) ? null : new(false, tests.OfType<Test>().ToList());
    }

    public static ReferenceSelector Equal(StringMap<string> labels) =>
        new(false, labels.Select(static pair => new Test(pair.Key, "In", [pair.Value])).ToList());

    public static Test? ParseTest(string key, string op, IReadOnlyList<string> values, bool ofNode)
    {
        var countFits = op switch
        {
            "In" or "NotIn" => values.Count > 0,
            "Exists" or "DoesNotExist" => values.Count == 0,
            "Gt" or "Lt" => ofNode && values.Count == 1 && Integer(values[0]) is not null,
            _ => false,
        };
        return countFits && IsQualifiedName(key) && values.All(static value => value.Length <= 63 && ValuePattern().IsMatch(value)) ? new(key, op, values) : null;
    }

    public bool IsEmpty => !MatchesNothing && Tests.Count == 0;

    public bool Matches(StringMap<string> labels) => !MatchesNothing && Tests.All(test => test.Holds(labels));

    public ReferenceSelector And(ReferenceSelector other) => new(MatchesNothing || other.MatchesNothing, [.. Tests, .. other.Tests]);

    public static bool IsQualifiedName(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var (prefix, name) = slash < 0 ? (null, key) : (key[..slash], key[(slash + 1)..]);
        return name.Length is > 0 and <= 63 && ValuePattern().IsMatch(name)
            && (prefix is null || (prefix.Length is > 0 and <= 253 && SubdomainPattern().IsMatch(prefix)));
    }

    private static long? Integer(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\A(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z")]
    private static partial Regex ValuePattern();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainPattern();
}

/// <summary>A term of a node selector.</summary>
public sealed record ReferenceNodeTerm(bool Parses, IReadOnlyList<ReferenceSelector.Test> Labels, IReadOnlyList<NodeSelectorRequirement> Fields)
{
    public static bool IsEmpty(NodeSelectorTerm term) => term.MatchExpressions.IsEmpty && term.MatchFields.IsEmpty;

    public static ReferenceNodeTerm Parse(NodeSelectorTerm term)
    {
        var labels = term.MatchExpressions.Select(static e => ReferenceSelector.ParseTest(e.Key, e.Operator, [.. e.Values], true)).ToList();
        var parses = !labels.Contains(null)
            && term.MatchFields.All(static f => f.Key == "metadata.name" && f.Operator is "In" or "NotIn" && f.Key == "metadata.name" && f.Values.Length == 1);
        return new(parses, labels.OfType<ReferenceSelector.Test>().ToList(), [.. term.MatchFields]);
    }

    public bool Matches(Node node) => Parses
        && Labels.All(test => test.Holds(node.Metadata.Labels))
        && Fields.All(field => (field.Values[0] == node.Metadata.Name) == (field.Operator == "In"));
}
