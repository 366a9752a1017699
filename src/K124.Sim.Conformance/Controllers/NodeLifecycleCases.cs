using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Comparing;
using K124.Sim.Conformance.Controllers.Harness;
using K124.Sim.Model;
using K124.Sim.Nodes;

namespace K124.Sim.Conformance.Controllers;

/// <summary>Recorded runs of the node lifecycle controller.</summary>
internal static class NodeLifecycleCases
{
    private static readonly RecordedKind NodeKind = new("v1", "Node");
    private static readonly RecordedKind LeaseKind = new("coordination.k8s.io/v1", "Lease");

    public static CaseOutcome Verify(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        var actual = new JsonObject { ["steps"] = Run(testCase) };
        var alternatives = recorded.Expect.TryGetProperty("anyOf", out var anyOf) ? anyOf.EnumerateArray().ToArray() : [recorded.Expect];
        string[]? fewest = null;
        foreach (var alternative in alternatives)
        {
            string[] differences = [.. JsonDifference.Between("expect", Normal(ModelJson.Tree(alternative)), actual)];
            fewest = fewest is not null && fewest.Length <= differences.Length ? fewest : differences;
        }

        return CaseOutcome.Of(fewest ?? []);
    }

    private static JsonObject Normal(JsonObject expect)
    {
        foreach (var step in expect["steps"]!.AsArray())
        {
            step!["writes"] = WriteForm.Sorted((step["writes"] as JsonArray ?? []).Select(static write => write!.AsObject()), WriteOrder.All);
            step["events"] = Sorted((step["events"] as JsonArray ?? []).Select(static item => item!.DeepClone().AsObject()));
        }

        return expect;
    }

    private static JsonArray Run(SyncCase testCase)
    {
        var controller = new NodeLifecycleController(new()
        {
            MonitorGrace = TimeSpan.FromSeconds(Number(testCase, "monitorGraceSeconds")),
            StartupGrace = TimeSpan.FromSeconds(Number(testCase, "startupGraceSeconds")),
            EvictionRate = (float)Number(testCase, "evictionQPS"),
            SecondaryEvictionRate = (float)Number(testCase, "secondaryEvictionQPS"),
            LargeClusterThreshold = (int)Number(testCase, "largeClusterThreshold"),
            UnhealthyZoneThreshold = (float)Number(testCase, "unhealthyZoneThreshold"),
        });
        var server = testCase.Server;
        var silent = testCase.Objects.Where(static tree => RecordedServer.KindOf(tree) == NodeKind && tree["status"]?["conditions"] is null)
            .Select(static tree => RecordedServer.Text(tree, "name"))
            .ToHashSet(StringComparer.Ordinal);
        var steps = new JsonArray();
        var count = (int)Number(testCase, "steps");
        for (var i = 0; i < count; i++)
        {
            server.Now = testCase.Now.AddSeconds(i * Number(testCase, "stepSeconds"));
            foreach (var plan in testCase.Input("plan")!.Value.EnumerateArray())
            {
                if (!silent.Contains(plan.GetProperty("node").GetString()!))
                {
                    Live(server, plan, i);
                }
            }

            server.Writes.Clear();
            testCase.Client.Events.Clear();
            controller.Monitor(testCase.Client, testCase.Client);
            controller.TaintNoExecute(testCase.Client, testCase.Client);
            foreach (var node in testCase.Client.List(ApiKind.Of<Node>()).Cast<Node>().ToArray())
            {
                NodeLifecycleController.TaintNoSchedule(node, testCase.Client);
            }

            if (server.Writes.Count > 0 || testCase.Client.Events.Count > 0 || i == count - 1)
            {
                steps.Add(Step(i, testCase, controller));
            }
        }

        return steps;
    }

    private static JsonObject Step(int number, SyncCase testCase, NodeLifecycleController controller) => new()
    {
        ["step"] = number,
        ["writes"] = WriteForm.Sorted(testCase.Server.Writes.Select(static write => write.ToJson()), WriteOrder.All),
        ["events"] = Sorted(testCase.Client.Events.Select(static report => new JsonObject
        {
            ["on"] = $"{report.Regarding.Kind}/{report.Regarding.Name}",
            ["type"] = report.Type,
            ["reason"] = report.Reason,
            ["message"] = report.Message,
        })),
        ["zones"] = new JsonObject(controller.Zones.Select(static zone => KeyValuePair.Create(zone.Key, (JsonNode?)JsonValue.Create(zone.Value.ToString())))),
    };

    /// <summary>The node's side: a living one renews its lease, and writes its status if a condition is another.</summary>
    private static void Live(RecordedServer server, JsonElement plan, int step)
    {
        var name = plan.GetProperty("node").GetString()!;
        var isWell = plan.TryGetProperty("healthyAgainFromStep", out var again) && step >= again.GetInt32();
        if (!isWell && plan.TryGetProperty("stopsHeartbeatsAfterStep", out var stops) && step > stops.GetInt32())
        {
            return;
        }

        if (server.Find(LeaseKind, "kube-node-lease", name)?.DeepClone().AsObject() is { } lease)
        {
            lease["spec"]!["renewTime"] = server.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            server.Change(lease);
        }

        var isNotReady = !isWell && plan.TryGetProperty("notReadyFromStep", out var from) && step >= from.GetInt32();
        var node = server.Find(NodeKind, "", name)!.DeepClone().AsObject();
        var hasChanged = false;
        foreach (var condition in node["status"]!["conditions"]!.AsArray())
        {
            var wanted = condition!["type"]!.GetValue<string>() == "Ready" && !isNotReady ? "True" : "False";
            if (condition["status"]!.GetValue<string>() != wanted)
            {
                condition["status"] = wanted;
                condition["reason"] = "Kubelet";
                condition.AsObject().Remove("message");
                var time =
                    server.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                condition["lastHeartbeatTime"] = time;
                condition["lastTransitionTime"] = time;
                hasChanged = true;
            }
        }

        if (hasChanged)
        {
            server.Change(node);
        }
    }

    private static JsonArray Sorted(IEnumerable<JsonObject> items) =>
        new([.. items.OrderBy(static item => ModelJson.Canonical(item), StringComparer.Ordinal).Select(static item => item.DeepClone())]);

    private static double Number(SyncCase testCase, string name) => testCase.Input(name)!.Value.GetDouble();
}
