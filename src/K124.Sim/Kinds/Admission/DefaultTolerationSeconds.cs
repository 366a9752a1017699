using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>Lets pods stay a while on nodes that fail.</summary>
internal sealed class DefaultTolerationSeconds : AdmissionPlugin
{
    private const long Seconds = 300;
    private static readonly string[] Keys = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    /// <inheritdoc/>
    public override string Name => "DefaultTolerationSeconds";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (!request.IsFor("pods") || request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update))
        {
            return null;
        }

        var spec = request.Object!.Ensure("spec");
        foreach (var key in Keys)
        {
            if (!Tolerates(spec, key))
            {
                spec.EnsureList("tolerations").Add((JsonNode)new JsonObject
                {
                    ["key"] = key,
                    ["operator"] = "Exists",
                    ["effect"] = "NoExecute",
                    ["tolerationSeconds"] = Seconds,
                });
            }
        }

        return null;
    }

    private static bool Tolerates(JsonObject spec, string key)
    {
        foreach (var toleration in spec.Objects("tolerations"))
        {
            var given = toleration.Text("key");
            if ((given == key || given.Length == 0) && toleration.Text("effect") is "NoExecute" or "")
            {
                return true;
            }
        }

        return false;
    }
}
