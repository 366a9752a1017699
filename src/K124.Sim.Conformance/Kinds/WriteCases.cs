using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Kinds;

namespace K124.Sim.Conformance.Kinds;

/// <summary>Cases of one POST or PUT.</summary>
internal static class WriteCases
{
    /// <summary>Runs a POST.</summary>
    public static CaseOutcome Create(RecordedCase testCase)
    {
        var json = testCase.Json;
        var world = WorldOf(testCase);
        var body = RecordedText.Read(json.GetProperty("object"));
        var ns = json.TryGetProperty("namespace", out var given) ? given.GetString()! : "";
        var resource = ResourceOf(testCase, body);
        var context = world.Context(isDryRun: true);
        var result = ObjectPipeline.Create(new() { Resource = resource, Namespace = ns, Body = body }, context);
        if (result.Succeeded && (string?)result.Value["metadata"]!["name"] is { } name && world.Get(resource.Group, resource.Plural, ns, name) is not null)
        {
            result = ApiResult.Failure<JsonObject>(StatusErrors.AlreadyExists(resource.Group, resource.Plural, name), result.Warnings);
        }

        return Compare(testCase.Expect, result, resource.Kind, 201);
    }

    /// <summary>Runs a PUT.</summary>
    public static CaseOutcome Update(RecordedCase testCase)
    {
        var json = testCase.Json;
        var world = WorldOf(testCase).Copy();
        var body = RecordedText.Read(json.GetProperty("object"))!.AsObject();
        var stored = RecordedText.Read(json.GetProperty("stored")) as JsonObject;
        var ns = json.TryGetProperty("namespace", out var given) ? given.GetString()! : "";
        var subresource = json.TryGetProperty("subresource", out var sub) ? sub.GetString()! : "";
        var resource = ResourceOf(testCase, stored ?? body);
        var name = (string?)stored?["metadata"]?["name"] ?? (string?)body["metadata"]?["name"] ?? "";
        if (stored is not null)
        {
            world.Put(resource, stored);
        }

        // The recordings write every version alike, a stale one too.
        if (json.GetProperty("covers").EnumerateArray().Any(word => word.GetString() == "stale-resourceVersion"))
        {
            body["metadata"]!["resourceVersion"] = "1";
        }

        AddManagedFields(json, body);
        var context = world.Context(isDryRun: true);
        var result = ObjectPipeline.Update(
            new() { Resource = resource, Namespace = ns, Name = name, Subresource = subresource, Body = body }, stored, context);
        return Compare(testCase.Expect, result, resource.Kind, stored is null ? 201 : 200);
    }

    /// <summary>The recordings leave managed fields out, those of a template too; a case about them says where they stood.</summary>
    private static void AddManagedFields(JsonElement json, JsonObject body)
    {
        const string Head = "add spec.";
        const string Tail = ".metadata.managedFields";
        foreach (var word in json.GetProperty("covers").EnumerateArray())
        {
            var text = word.GetString()!;
            if (text.StartsWith(Head, StringComparison.Ordinal) && text.EndsWith(Tail, StringComparison.Ordinal)
                && body["spec"]?[text[Head.Length..^Tail.Length]] is JsonObject owner && owner["metadata"] is JsonObject metadata)
            {
                metadata["managedFields"] = new JsonArray(new JsonObject { ["manager"] = "x" });
            }
        }
    }

    /// <summary>Compares an answer with the recorded one.</summary>
    public static CaseOutcome Compare(JsonElement expect, ApiResult<JsonObject> result, string kind, int successCode)
    {
        var differences = new List<string>();
        var code = expect.GetProperty("code").GetInt32();
        var answeredCode = result.Status?.Code ?? successCode;
        if (code != answeredCode)
        {
            return CaseOutcome.Of([$"code: recorded {code} {Short(expect)}, answered {answeredCode} {result.Status?.Message}"]);
        }

        if (expect.TryGetProperty("object", out var recorded))
        {
            differences.AddRange(ObjectDifferences(expect, recorded, result.Value!));
        }

        if (expect.TryGetProperty("status", out var status))
        {
            differences.AddRange(StatusComparison.Differences(expect, status, result.Status!));
        }

        var warnings = expect.TryGetProperty("warnings", out var texts) ? texts.EnumerateArray().Select(text => text.GetString()!).ToArray() : [];
        var answered = result.Warnings.Select(RecordedText.Leaving).ToArray();
        if (!warnings.SequenceEqual(answered, StringComparer.Ordinal))
        {
            differences.Add($"warnings: recorded [{string.Join(" | ", warnings)}], answered [{string.Join(" | ", answered)}] of {kind}");
        }

        return CaseOutcome.Of(differences);
    }

    private static IEnumerable<string> ObjectDifferences(JsonElement expect, JsonElement recorded, JsonObject answered)
    {
        var written = RecordedText.Write(WithoutManagedFields(answered))!.AsObject();
        IEnumerable<JsonElement> candidates = expect.TryGetProperty("anyOf", out var anyOf) ? [recorded, .. anyOf.EnumerateArray()] : [recorded];
        ImmutableArray<string> first = [];
        foreach (var candidate in candidates)
        {
            ImmutableArray<string> found = [.. JsonDifference.Between("object", JsonNode.Parse(candidate.GetRawText()), written)];
            if (found.IsEmpty)
            {
                return [];
            }

            first = first.IsDefaultOrEmpty ? found : first;
        }

        return first;
    }

    private static JsonNode? WithoutManagedFields(JsonNode? node)
    {
        var copy = node?.DeepClone();
        RemoveManagedFields(copy);
        return copy;
    }

    private static void RemoveManagedFields(JsonNode? node)
    {
        if (node is not JsonObject members)
        {
            return;
        }

        foreach (var (name, value) in members)
        {
            if (name == "metadata" && value is JsonObject metadata)
            {
                metadata.Remove("managedFields");
            }

            RemoveManagedFields(value);
        }
    }

    private static string Short(JsonElement expect) =>
        expect.TryGetProperty("status", out var status) && status.TryGetProperty("message", out var message) ? message.GetString()! : "";

    private static KindsWorld WorldOf(RecordedCase testCase) =>
        testCase.File.Companions.Get("worlds.json", KindsWorld.ReadAll)[testCase.Json.GetProperty("world").GetString()!];

    // The path names the kind of the file; an object may name another, or none.
    private static ResourceType ResourceOf(RecordedCase testCase, JsonNode? body)
    {
        var word = testCase.File.Stem[(testCase.File.Stem.IndexOf('-', StringComparison.Ordinal) + 1)..];
        var (kind, group) = word switch
        {
            "event-events.k8s.io" => ("event", "events.k8s.io"),
            "event" => ("event", ""),
            "horizontalpodautoscaler-v1" => ("horizontalpodautoscaler", "autoscaling"),
            _ => (word, null),
        };
        var found = ResourceTypes.Instance.All.Where(resource => resource.Singular == kind && (group is null || resource.Group == group)).ToArray();
        if (found.Length == 0)
        {
            return KindsWorld.ResourceOf(body);
        }

        var apiVersion = word == "horizontalpodautoscaler-v1" ? "autoscaling/v1" : (string?)body?["apiVersion"];
        return found.FirstOrDefault(resource => resource.ApiVersion == apiVersion) ?? found[0];
    }
}
