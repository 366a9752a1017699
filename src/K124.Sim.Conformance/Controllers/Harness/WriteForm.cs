using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>One form for writes that say the same.</summary>
internal static class WriteForm
{
    private static readonly ImmutableArray<string> LeftOutIfEmpty =
        ["resources", "status", "strategy", "updateStrategy", "metadata", "labels", "annotations", "spec"];

    private static readonly ImmutableArray<string> WithoutOrder = ["pods", "persistentvolumeclaims", "endpointslices"];
    private static readonly ImmutableArray<string> PatchedWithoutOrder = ["replicasets", "controllerrevisions"];

    /// <summary>The writes in one form, those without an order sorted.</summary>
    public static JsonArray Sorted(IEnumerable<JsonObject> writes, WriteOrder order)
    {
        var result = new List<JsonNode>();
        var run = new List<JsonObject>();
        string? runOf = null;
        foreach (var write in writes.Select(Normal))
        {
            var name = RunOf(write, order);
            if (name is null || name != runOf)
            {
                Flush();
            }

            runOf = name;
            run.Add(write);
        }

        Flush();
        return new([.. result]);

        void Flush()
        {
            result.AddRange(run.OrderBy(static write => ModelJson.Canonical(write), StringComparer.Ordinal));
            run.Clear();
        }
    }

    private static string? RunOf(JsonObject write, WriteOrder order)
    {
        var (verb, resource) = (write["verb"]!.GetValue<string>(), write["resource"]!.GetValue<string>());
        return order switch
        {
            WriteOrder.All => "",
            WriteOrder.BetweenNamespaces => resource == "namespaces" ? null : "",
            _ => WithoutOrder.Contains(resource) || (verb == "patch" && PatchedWithoutOrder.Contains(resource)) ? $"{verb} {resource}" : null,
        };
    }

    private static JsonObject Normal(JsonObject write)
    {
        var result = write.DeepClone().AsObject();
        if (result["body"] is JsonObject body)
        {
            var isUnchanged = body["metadataUnchanged"] is not null;
            if (result["verb"]!.GetValue<string>() != "patch" && RecordedKind.OfResource(result["resource"]!.GetValue<string>()) is { } kind)
            {
                body = ModelJson.Normal(body, kind);
                body.Remove("apiVersion");
                body.Remove("kind");
            }

            body = body.DeepClone().AsObject();
            if (result["verb"]!.GetValue<string>() != "patch")
            {
                Prune(body);
            }

            SortParts(body, result["resource"]!.GetValue<string>());
            if (isUnchanged)
            {
                body["metadataUnchanged"] = true;
            }

            result["body"] = body;
        }

        return result;
    }

    private static void Prune(JsonObject item)
    {
        foreach (var (name, value) in item.ToArray())
        {
            if (name == "data")
            {
                continue;
            }

            if (value is JsonObject inner)
            {
                Prune(inner);
            }
            else if (value is JsonArray list)
            {
                foreach (var element in list.OfType<JsonObject>())
                {
                    Prune(element);
                }
            }

            if (value is null or JsonArray { Count: 0 } || (value is JsonObject { Count: 0 } && LeftOutIfEmpty.Contains(name)))
            {
                item.Remove(name);
            }
        }
    }

    private static void SortParts(JsonObject body, string resource)
    {
        if (resource == "pods" && body["spec"]?["volumes"] is JsonArray volumes)
        {
            body["spec"]!["volumes"] = new JsonArray(
                [.. volumes.OrderBy(static volume => volume!["name"]!.GetValue<string>(), StringComparer.Ordinal).Select(static volume => volume!.DeepClone())]);
        }

        if (resource == "endpointslices")
        {
            Sort(body, "endpoints");
            Sort(body, "ports");
        }
    }

    private static void Sort(JsonObject body, string member)
    {
        if (body[member] is JsonArray list)
        {
            body[member] = new JsonArray(
                [.. list.OrderBy(static item => ModelJson.Canonical(item), StringComparer.Ordinal).Select(static item => item!.DeepClone())]);
        }
    }
}
