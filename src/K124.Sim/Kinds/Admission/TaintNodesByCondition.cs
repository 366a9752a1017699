using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>Keeps pods off nodes that have not yet said that they are ready.</summary>
internal sealed class TaintNodesByCondition : AdmissionPlugin
{
    private const string Key = "node.kubernetes.io/not-ready";
    private const string Effect = "NoSchedule";

    /// <inheritdoc/>
    public override string Name => "TaintNodesByCondition";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (request.Operation == AdmissionOperation.Create && request.IsFor("nodes"))
        {
            var spec = request.Object!.Ensure("spec");
            if (!spec.Objects("taints").Any(taint => taint.Text("key") == Key && taint.Text("effect") == Effect))
            {
                spec.EnsureList("taints").Add((JsonNode)new JsonObject { ["key"] = Key, ["effect"] = Effect });
            }
        }

        return null;
    }
}
