using System.Text.Json.Nodes;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>Where a custom resource keeps its number of replicas.</summary>
/// <param name="SpecPath">Path of the wanted number, for example <c>.spec.replicas</c>.</param>
/// <param name="StatusPath">Path of the actual number.</param>
/// <param name="SelectorPath">Path of the label selector as text; or empty.</param>
internal sealed record CustomResourceScale(string SpecPath, string StatusPath, string SelectorPath)
{
    /// <summary>Reads the subresource of a version; null if it has none.</summary>
    public static CustomResourceScale? Of(JsonObject? scale) => scale is null
        ? null
        : new(scale.Text("specReplicasPath"), scale.Text("statusReplicasPath"), scale.Text("labelSelectorPath"));

    /// <summary>The members that a path leads through.</summary>
    public static string[] Steps(string path) => path.TrimStart('.').Split('.');

    /// <summary>The node at a path; null if there is none.</summary>
    public static JsonNode? At(JsonObject tree, string path)
    {
        JsonNode? node = tree;
        foreach (var step in Steps(path))
        {
            node = (node as JsonObject)?[step];
        }

        return node;
    }

    /// <summary>The wanted number; null if the object has none.</summary>
    public long? Replicas(JsonObject tree) => JsonTree.AsNumber(At(tree, SpecPath));

    /// <summary>The actual number; 0 if the object has none.</summary>
    public long StatusReplicas(JsonObject tree) => JsonTree.AsNumber(At(tree, StatusPath)) ?? 0;

    /// <summary>The selector; empty if the object has none.</summary>
    public string Selector(JsonObject tree) => SelectorPath.Length == 0 ? "" : JsonTree.AsText(At(tree, SelectorPath)) ?? "";

    /// <summary>Sets the wanted number.</summary>
    public void SetReplicas(JsonObject tree, long replicas)
    {
        var steps = Steps(SpecPath);
        var owner = tree;
        foreach (var step in steps[..^1])
        {
            owner = owner.Ensure(step);
        }

        owner[steps[^1]] = replicas;
    }

    /// <summary>Checks what the object holds at the paths.</summary>
    /// <param name="tree">The object.</param>
    /// <param name="withSpec">Whether the wanted number is checked, too.</param>
    /// <param name="errors">Where errors go.</param>
    public void Validate(JsonObject tree, bool withSpec, List<FieldError> errors)
    {
        if (withSpec)
        {
            CheckNumber(tree, SpecPath, errors);
        }

        CheckNumber(tree, StatusPath, errors);
        if (SelectorPath.Length > 0 && At(tree, SelectorPath) is { } selector && JsonTree.AsText(selector) is null)
        {
            errors.Add(new(FieldErrorType.Invalid, SelectorPath, "\"\"", Misfit(SelectorPath, selector, "string")));
        }
    }

    private static void CheckNumber(JsonObject tree, string path, List<FieldError> errors)
    {
        if (At(tree, path) is not { } node)
        {
            return;
        }

        if (JsonTree.AsNumber(node) is not { } number)
        {
            errors.Add(new(FieldErrorType.Invalid, path, "0", Misfit(path, node, "int64")));
        }
        else if (number < 0)
        {
            errors.Add(new(FieldErrorType.Invalid, path, GoJson.Number(node.AsValue()), "should be a non-negative integer"));
        }
        else if (number > int.MaxValue)
        {
            errors.Add(new(FieldErrorType.Invalid, path, GoJson.Number(node.AsValue()), $"should be less than or equal to {int.MaxValue}"));
        }
    }

    private static string Misfit(string path, JsonNode node, string expected)
    {
        var actual = node switch
        {
            JsonObject => "map[string]interface {}",
            JsonArray => "[]interface {}",
            _ => node.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.String => "string",
                System.Text.Json.JsonValueKind.Number => GoJson.TryGetInteger(node.AsValue(), out _) ? "int64" : "float64",
                _ => "bool",
            },
        };
        return $"{path} accessor error: {GoJson.Print(node)} is of the type {actual}, expected {expected}";
    }
}
