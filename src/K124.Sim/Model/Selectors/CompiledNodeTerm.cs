using System.Collections.Immutable;

namespace K124.Sim.Model.Selectors;

/// <summary>A node selector term with its requirements checked.</summary>
/// <remarks>Kubernetes 1.24 component-helpers/scheduling/corev1/nodeaffinity.</remarks>
internal sealed class CompiledNodeTerm
{
    private const string NameField = "metadata.name";

    private readonly ImmutableArray<LabelRequirement> _labels;
    private readonly ImmutableArray<(bool MustEqual, string Name)> _names;

    private CompiledNodeTerm(ImmutableArray<LabelRequirement> labels, ImmutableArray<(bool MustEqual, string Name)> names, ImmutableArray<string> errors)
    {
        _labels = labels;
        _names = names;
        Errors = errors;
    }

    /// <summary>What does not parse, each with its field path; a term with errors never matches.</summary>
    public ImmutableArray<string> Errors { get; }

    /// <summary>The requirements on labels.</summary>
    public ImmutableArray<LabelRequirement> Labels => _labels;

    /// <summary>Whether a term has requirements at all; one without matches nothing.</summary>
    public static bool IsEmpty(NodeSelectorTerm term) => term.MatchExpressions.IsEmpty && term.MatchFields.IsEmpty;

    public static CompiledNodeTerm Compile(NodeSelectorTerm term, string path = "")
    {
        var errors = new List<string>();
        var prefix = path.Length == 0 ? "" : path + ".";
        var labels = ImmutableArray.CreateBuilder<LabelRequirement>();
        for (var i = 0; i < term.MatchExpressions.Length; i++)
        {
            var expression = term.MatchExpressions[i];
            if (LabelOperators.ForNodes(expression.Operator) is not { } op)
            {
                errors.Add($"{prefix}matchExpressions[{i}].operator: Unsupported value: \"{expression.Operator}\": "
                    + "supported values: \"In\", \"NotIn\", \"Exists\", \"DoesNotExist\", \"Gt\", \"Lt\"");
            }
            else if (LabelRequirement.TryCreate(expression.Key, op, expression.Values, $"{prefix}matchExpressions[{i}].", errors) is { } requirement)
            {
                labels.Add(requirement);
            }
        }

        var names = ImmutableArray.CreateBuilder<(bool, string)>();
        for (var i = 0; i < term.MatchFields.Length; i++)
        {
            CompileField(term.MatchFields[i], $"{prefix}matchFields[{i}].", names, errors);
        }

        return new(labels.ToImmutable(), names.ToImmutable(), [.. errors]);
    }

    public bool Matches(string nodeName, StringMap<string> nodeLabels)
    {
        if (!Errors.IsEmpty)
        {
            return false;
        }

        foreach (var (mustEqual, name) in _names)
        {
            if (string.Equals(name, nodeName, StringComparison.Ordinal) != mustEqual)
            {
                return false;
            }
        }

        foreach (var requirement in _labels)
        {
            if (!requirement.Matches(nodeLabels))
            {
                return false;
            }
        }

        return true;
    }

    private static void CompileField(
        NodeSelectorRequirement field, string path, ImmutableArray<(bool MustEqual, string Name)>.Builder names, List<string> errors)
    {
        var before = errors.Count;
        if (field.Operator is not ("In" or "NotIn"))
        {
            errors.Add($"{path}operator: Unsupported value: \"{field.Operator}\": supported values: \"In\", \"NotIn\"");
        }
        else if (field.Values.Length != 1)
        {
            var found = $"[{string.Join(", ", field.Values.Select(value => $"\"{value}\""))}]";
            errors.Add($"{path}values: Invalid value: {found}: must have one element");
        }

        if (field.Key != NameField)
        {
            errors.Add($"{path}key: Invalid value: \"{field.Key}\": not a valid field selector key");
        }

        if (errors.Count == before)
        {
            names.Add((field.Operator == "In", field.Values[0]));
        }
    }
}
