using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Storage classes.</summary>
internal sealed class StorageClassStrategy : KindStrategy
{
    private const int MostParameters = 512;
    private const int MostParameterBytes = 256 * 1024;

    /// <inheritdoc/>
    public override string Group => "storage.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "StorageClass";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        tree.Default("reclaimPolicy", "Delete");
        tree.Default("volumeBindingMode", "Immediate");
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        Provisioner(tree.Text("provisioner"), FieldPath.Of("provisioner"), errors);
        Parameters(tree.Object("parameters"), FieldPath.Of("parameters"), errors);
        if (tree.Text("reclaimPolicy") is { Length: > 0 } policy and not ("Delete" or "Retain"))
        {
            errors.NotSupported(FieldPath.Of("reclaimPolicy"), policy, "Delete", "Retain");
        }

        if (tree.Text("volumeBindingMode") is { } mode and not ("Immediate" or "WaitForFirstConsumer"))
        {
            errors.NotSupported(FieldPath.Of("volumeBindingMode"), mode, "Immediate", "WaitForFirstConsumer");
        }

        Topologies(tree.Objects("allowedTopologies"), FieldPath.Of("allowedTopologies"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        ValidateMetadataUpdate(tree, old, errors);
        foreach (var member in (ReadOnlySpan<string>)["parameters", "provisioner", "reclaimPolicy"])
        {
            if (!Same(tree, old, member))
            {
                errors.Forbidden(FieldPath.Of(member), $"updates to {member} are forbidden.");
            }
        }

        if (tree.Text("volumeBindingMode") != old.Text("volumeBindingMode"))
        {
            errors.Immutable(FieldPath.Of("volumeBindingMode"), tree["volumeBindingMode"]);
        }
    }

    private static void Provisioner(string provisioner, FieldPath path, FieldErrors errors)
    {
        if (provisioner.Length == 0)
        {
            errors.Required(path);
            return;
        }

        var lower = provisioner.ToLowerInvariant();
        errors.InvalidAll(path, lower, NameRules.QualifiedName(lower));
    }

    private static void Parameters(JsonObject? parameters, FieldPath path, FieldErrors errors)
    {
        if (parameters is null)
        {
            return;
        }

        if (parameters.Count > MostParameters)
        {
            errors.TooLong(path, MostParameters);
            return;
        }

        var size = 0L;
        foreach (var (key, value) in parameters)
        {
            if (key.Length == 0)
            {
                errors.Invalid(path, key, "field can not be empty.");
            }

            size += NameRules.Utf8Length(key) + NameRules.Utf8Length(JsonTree.AsText(value) ?? "");
        }

        if (size > MostParameterBytes)
        {
            errors.TooLong(path, MostParameterBytes);
        }
    }

    private static void Topologies(JsonObjects terms, FieldPath path, FieldErrors errors)
    {
        // The list of earlier terms begins with as many empty ones as there are terms, so an empty term is always found in it.
        var earlier = Enumerable.Repeat(new Dictionary<string, HashSet<string>>(StringComparer.Ordinal), terms.Count).ToList();
        for (var i = 0; i < terms.Count; i++)
        {
            var place = path.Index(i).Child("matchLabelExpressions");
            var term = Term(terms[i], place, errors);
            for (var same = earlier.Count(other => SameTerm(term, other)); same > 0; same--)
            {
                errors.Duplicate(place, "");
            }

            earlier.Add(term);
        }
    }

    private static Dictionary<string, HashSet<string>> Term(JsonObject term, FieldPath path, FieldErrors errors)
    {
        var valuesByKey = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var index = 0;
        foreach (var requirement in term.Objects("matchLabelExpressions"))
        {
            var place = path.Index(index++);
            var values = Values(requirement.Texts("values"), place.Child("values"), errors);
            var key = requirement.Text("key");
            LabelRules.LabelName(key, place.Child("key"), errors);
            if (valuesByKey.ContainsKey(key))
            {
                errors.Duplicate(place.Child("key"), key);
            }

            valuesByKey[key] = values;
        }

        return valuesByKey;
    }

    private static HashSet<string> Values(IReadOnlyList<string> values, FieldPath path, FieldErrors errors)
    {
        if (values.Count == 0)
        {
            errors.Required(path);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
        {
            if (!seen.Add(values[i]))
            {
                errors.Duplicate(path.Index(i), values[i]);
            }
        }

        return seen;
    }

    private static bool SameTerm(Dictionary<string, HashSet<string>> left, Dictionary<string, HashSet<string>> right) =>
        left.Count == right.Count && left.All(entry => right.TryGetValue(entry.Key, out var values) && values.SetEquals(entry.Value));
}
