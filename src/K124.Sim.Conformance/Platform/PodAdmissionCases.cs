using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Kinds;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.Platform;

/// <summary>Pods that are created in dry run: their probes, and what their runtime class adds.</summary>
internal static class PodAdmissionCases
{
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];
    private static readonly string[] OverheadFields = ["runtimeClassName", "overhead", "nodeSelector", "tolerations"];

    public static CaseOutcome VerifyProbes(RecordedCase testCase)
    {
        var gates = FeatureGates.Of([.. testCase.Json.Members("gate").Select(gate => (gate.Name, gate.Value.GetBoolean()))]);
        var list = testCase.Json.Text("in");
        return Create(testCase, JsonNode.Parse(testCase.Json.GetProperty("pod").GetRawText())!.AsObject(), [], gates, pod =>
        {
            var container = pod["spec"]?[list]?[0]?.AsObject() ?? [];
            return new() { ["probes"] = Selected(container, Probes) };
        });
    }

    public static CaseOutcome VerifyOverhead(RecordedCase testCase)
    {
        var recorded = testCase.Json.GetProperty("pod");
        var pod = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = recorded.Text("name") },
            ["spec"] = JsonNode.Parse(recorded.GetProperty("spec").GetRawText()),
        };
        var classes = testCase.Json.Members("runtimeClasses").Select(runtimeClass =>
        {
            var node = JsonNode.Parse(runtimeClass.Value.GetRawText())!.AsObject();
            node["apiVersion"] = "node.k8s.io/v1";
            node["kind"] = "RuntimeClass";
            node["metadata"] = new JsonObject { ["name"] = runtimeClass.Name };
            return (JsonNode?)node;
        });
        return Create(testCase, pod, classes, FeatureGates.Default, created => new()
        {
            ["stored"] = Selected(created["spec"]!.AsObject(), OverheadFields),
            ["qosClass"] = created["status"]?["qosClass"]?.DeepClone(),
        });
    }

    private static CaseOutcome Create(
        RecordedCase testCase,
        JsonObject pod,
        IEnumerable<JsonNode?> objects,
        FeatureGates gates,
        Func<JsonObject, JsonObject> describe)
    {
        using var world = JsonDocument.Parse(new JsonObject { ["world"] = CaseJson.Nodes(objects) }.ToJsonString());
        var stored = KindsWorld.ReadAll(world.RootElement)["world"];
        var context = new KindContext
        {
            Objects = stored,
            Now = RecordedText.Now,
            Names = stored,
            IsDryRun = true,
            Gates = gates,
            Admission = AdmissionChain.Default.Without("ServiceAccount"),
        };
        var result = ObjectPipeline.Create(new() { Resource = KindsWorld.ResourceOf(pod), Namespace = "default", Body = pod }, context);
        return CaseJson.Compare(testCase, result.Succeeded
            ? describe(result.Value)
            : new() { ["error"] = RecordedRefusal.Node(result.Status, testCase.Expect.Member("error") ?? default) });
    }

    private static JsonObject Selected(JsonObject from, string[] names) =>
        new(names.Where(from.ContainsKey).Select(name => KeyValuePair.Create(name, from[name]?.DeepClone())));
}
