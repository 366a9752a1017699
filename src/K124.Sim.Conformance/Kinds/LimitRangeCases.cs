using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.Conformance.Kinds;

/// <summary>Cases of a POST into a namespace with limit ranges.</summary>
internal static class LimitRangeCases
{
    /// <summary>Namespace of these cases and of those of quotas.</summary>
    public const string Namespace = "NS";

    /// <summary>Runs a case.</summary>
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var world = WorldWithNamespace(testCase);
        foreach (var item in testCase.Json.GetProperty("limitRanges").EnumerateArray())
        {
            var range = RecordedText.Read(item)!.AsObject();
            range["metadata"]!["namespace"] = Lower;
            world.Put(KindsWorld.ResourceOf(range), range);
        }

        var body = RecordedText.Read(testCase.Json.GetProperty("object"));
        var resource = KindsWorld.ResourceOf(body);
        var result = ObjectPipeline.Create(new() { Resource = resource, Namespace = Lower, Body = body }, world.Context(isDryRun: true));
        return WriteCases.Compare(Lowered(testCase.Expect), result, resource.Kind, 201);
    }

    /// <summary>The name that stands for the recorded one, which no namespace can have.</summary>
    internal const string Lower = "ns";

    /// <summary>A world of its own with the namespace and its service account.</summary>
    internal static KindsWorld WorldWithNamespace(RecordedCase testCase)
    {
        var worlds = testCase.File.Companions.Get("worlds.json", KindsWorld.ReadAll);
        var world = worlds[testCase.Json.GetProperty("world").GetString()!].Copy();
        foreach (var (kind, name, ns) in new[] { ("Namespace", Lower, ""), ("ServiceAccount", "default", Lower) })
        {
            var metadata = new JsonObject { ["name"] = name };
            if (ns.Length > 0)
            {
                metadata["namespace"] = ns;
            }

            var tree = new JsonObject { ["apiVersion"] = "v1", ["kind"] = kind, ["metadata"] = metadata };
            world.Put(KindsWorld.ResourceOf(tree), tree);
        }

        return world;
    }

    /// <summary>The recorded answer with the name that the case runs under.</summary>
    internal static System.Text.Json.JsonElement Lowered(System.Text.Json.JsonElement expect)
    {
        var text = expect.GetRawText().Replace("\"NS\"", $"\"{Lower}\"", StringComparison.Ordinal);
        using var document = System.Text.Json.JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
