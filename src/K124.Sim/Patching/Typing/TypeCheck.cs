using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;
using K124.Sim.Text;

namespace K124.Sim.Patching.Typing;

/// <summary>Checks that a tree is of a type, with the 1.24 server's words for what is not.</summary>
internal static class TypeCheck
{
    /// <summary>What is wrong, all of it in one text; null if nothing is.</summary>
    public static string? FirstError(JsonNode? value, TypeShape type)
    {
        var errors = new List<string>();
        Check(value, type, "", errors);
        return errors.Count switch
        {
            0 => null,
            1 => errors[0],
            _ => "errors:\n" + string.Join('\n', errors.Select(static e => "  " + e)),
        };
    }

    private static void Check(JsonNode? value, TypeShape type, string path, List<string> errors)
    {
        switch (ShapeOf.Choose(type, value))
        {
            case Form.Map: CheckMap(value, type.Map!, path, errors); break;
            case Form.List: CheckList(value, type.List!, path, errors); break;
            case Form.Scalar: CheckScalar(value, type.Scalar, path, errors); break;
            default: Add(errors, path, "schema error: invalid atom: inlined"); break;
        }
    }

    private static void CheckMap(JsonNode? value, MapForm form, string path, List<string> errors)
    {
        if (IsNull(value))
        {
            return;
        }

        if (value is not JsonObject map)
        {
            Add(errors, path, $"expected map, got {Print(value)}");
            return;
        }

        foreach (var (key, member) in map)
        {
            if (form.TypeOf(key) is not { } type)
            {
                Add(errors, $"{path}.{key}", "field not declared in schema");
                return;
            }

            Check(member, type, $"{path}.{key}", errors);
        }
    }

    private static void CheckList(JsonNode? value, ListForm form, string path, List<string> errors)
    {
        if (IsNull(value))
        {
            return;
        }

        if (value is not JsonArray list)
        {
            Add(errors, path, $"expected list, got {Print(value)}");
            return;
        }

        var seen = form.Relation == ListRelation.Atomic ? null : new HashSet<PathElement>();
        for (var i = 0; i < list.Count; i++)
        {
            var step = PathElement.Index(i);
            if (seen is not null)
            {
                var found = ListSteps.StepTo(form, list[i], out var error);
                if (found is null)
                {
                    Add(errors, path, string.Create(CultureInfo.InvariantCulture, $"element {i}: {error}"));
                    return;
                }

                step = found;
                if (!seen.Add(step))
                {
                    Add(errors, path, $"duplicate entries for key {step}");
                }
            }

            Check(list[i], form.Element, path + step, errors);
        }
    }

    private static void CheckScalar(JsonNode? value, ScalarForm form, string path, List<string> errors)
    {
        if (IsNull(value))
        {
            return;
        }

        var kind = value!.GetValueKind();
        var expected = form switch
        {
            ScalarForm.Numeric when kind != JsonValueKind.Number => $"expected numeric (int or float), got {GoType(value)}",
            ScalarForm.String when kind != JsonValueKind.String => $"expected string, got &value.valueUnstructured{{Value:{GoSyntax(value)}}}",
            ScalarForm.Boolean when kind is not (JsonValueKind.True or JsonValueKind.False) => $"expected boolean, got {Print(value)}",
            ScalarForm.Untyped when kind is JsonValueKind.Object or JsonValueKind.Array => $"expected any scalar, got {Print(value)}",
            _ => null,
        };
        if (expected is not null)
        {
            Add(errors, path, expected);
        }
    }

    private static bool IsNull(JsonNode? value) => value is null || value.GetValueKind() == JsonValueKind.Null;

    private static void Add(List<string> errors, string path, string message) => errors.Add(path.Length == 0 ? message : $"{path}: {message}");

    private static string GoType(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "map[string]interface {}",
        JsonValueKind.Array => "[]interface {}",
        JsonValueKind.String => "string",
        JsonValueKind.Number => GoJson.TryGetInteger(value.AsValue(), out _) ? "int64" : "float64",
        _ => "bool",
    };

    private static string GoSyntax(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object or JsonValueKind.Array => GoType(value) + GoJson.Print(value),
        _ => GoJson.Print(value),
    };

    // Values print as scalars do in JSON; lists and maps in a notation of their own.
    private static string Print(JsonNode? value) => value switch
    {
        JsonObject map => "{" + string.Join("; ", map.OrderBy(static m => m.Key, StringComparer.Ordinal).Select(static m => $"{m.Key}={Print(m.Value)}")) + "}",
        JsonArray list => "[" + string.Join(',', list.Select(Print)) + "]",
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => GoText.Quote(scalar.GetValue<string>()),
        null => "null",
        _ => GoJson.Write(value),
    };
}
