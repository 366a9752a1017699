using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Conformance.Controllers.Harness;
using K124.Sim.ControlPlane.Serving;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Controllers;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>Recorded runs of the whole controller manager, until nothing changes any more.</summary>
internal static class ConvergeCases
{
    private const string Space = "converge";

    private static readonly TimeSpan Stillness = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public static CaseOutcome Verify(RecordedCase recorded)
    {
        var input = recorded.Json.GetProperty("input");
        ImmutableArray<string> names = [.. input.GetProperty("nodes").EnumerateArray().Select(static name => name.GetString()!)];
        var nodes = new NodeSide(names);
        var plane = new ControlPlane(Cluster.Of(names.Select(Node)), new() { Off = ["default-scheduler", "kubelet"], Components = [nodes] });
        var server = new ApiServerCore(plane.Store, new() { UsesRbac = false });
        Send(server, "POST", "/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{Space}}}"}}""");
        Settle(plane);
        var comparison = new Comparison();
        var expected = recorded.Expect.GetProperty("steps").EnumerateArray().ToArray();
        var number = 0;
        foreach (var step in input.GetProperty("steps").EnumerateArray())
        {
            if (Act(server, nodes, step) is { } refusal)
            {
                comparison.Differs($"steps[{number}]: {refusal}");
                break;
            }

            Settle(plane);
            var wanted = Sorted(ModelJson.Tree(expected[number].GetProperty("objects")));
            foreach (var difference in JsonDifference.Between($"steps[{number}].objects", wanted, Sorted(ConvergedObjects.Of(server, Space))))
            {
                comparison.Differs(difference);
            }

            number++;
        }

        return comparison.Outcome;
    }

    private static Node Node(string name, int number) => new()
    {
        Metadata = new()
        {
            Name = name,
            Labels = number < 2 ? StringMap.Of(("disk", "ssd"), ("kubernetes.io/hostname", name)) : StringMap.Of(("kubernetes.io/hostname", name)),
        },
        Status = new() { Conditions = [new() { Type = "Ready", Status = "True" }] },
    };

    private static string? Act(ApiServerCore server, NodeSide nodes, JsonElement step)
    {
        if (step.TryGetProperty("podsNotReadyForImage", out var image))
        {
            nodes.Spoil(image.GetString()!);
        }

        if (step.TryGetProperty("podsHealthy", out _))
        {
            nodes.Heal();
        }

        return step.TryGetProperty("create", out var create) ? Send(server, "POST", PathOf(create[0].GetString()!), create[1].GetRawText())
            : step.TryGetProperty("patch", out var patch) ? Send(server, "PATCH", $"{PathOf(patch[0].GetString()!)}/{patch[1].GetString()}", patch[2].GetRawText(), "application/strategic-merge-patch+json")
            : step.TryGetProperty("delete", out var delete) ? Send(server, "DELETE", $"{PathOf(delete[0].GetString()!)}/{delete[1].GetString()}", OptionsOf(delete))
            : null;
    }

    private static string OptionsOf(JsonElement delete) => delete[2].ValueKind == JsonValueKind.String
        ? $$"""{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"{{delete[2].GetString()}}"}"""
        : "";

    private static string PathOf(string resource) => ConvergedObjects.PathOf(resource, Space);

    /// <returns>The refusal; null if there was none.</returns>
    private static string? Send(ApiServerCore server, string method, string path, string body, string contentType = ApiResponse.Json)
    {
        var response = server.Handle(new()
        {
            Method = method,
            Path = path,
            Headers = ImmutableSortedDictionary<string, string>.Empty.Add("content-type", contentType),
            Body = Encoding.UTF8.GetBytes(body),
        });
        return response.Code < 300 ? null : $"{method} {path}: {response.Code} {Encoding.UTF8.GetString(response.Body.Span)}";
    }

    /// <summary>Lets time pass until nothing has been written for a while.</summary>
    private static void Settle(ControlPlane plane)
    {
        var end = plane.Now + LongestWait;
        var revision = plane.Revision;
        var since = plane.Now;
        while (plane.Now < end)
        {
            plane.Advance(TimeSpan.FromMilliseconds(100));
            if (plane.Revision != revision)
            {
                (revision, since) = (plane.Revision, plane.Now);
            }
            else if (plane.Now - since >= Stillness)
            {
                return;
            }
        }
    }

    private static JsonNode? Sorted(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                return new JsonObject(item.Select(static member => KeyValuePair.Create(member.Key, Sorted(member.Value))));
            case JsonArray array:
                return new JsonArray([.. array.Select(Sorted).OrderBy(ModelJson.Canonical, StringComparer.Ordinal)]);
            default:
                return node?.DeepClone();
        }
    }
}
