using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Conformance.Kinds;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Tests.Storage.Expansion;

/// <summary>Updates of claims as the API server judges them.</summary>
internal static class ClaimWrites
{
    public static ImmutableArray<FieldError> Errors(PersistentVolumeClaim stored, PersistentVolumeClaim update, ClusterProfile? profile = null)
    {
        var write = Write(profile);
        write.Update(Tree(update), Tree(stored));
        return [.. write.Errors.Where(static error => error.Field is "spec" or "spec.resources.requests.storage")];
    }

    public static PersistentVolumeClaimStatus Status(PersistentVolumeClaim stored, PersistentVolumeClaim update, ClusterProfile? profile = null) =>
        KubernetesJson.Deserialize<PersistentVolumeClaim>(Write(profile).UpdateStatus(Tree(update), Tree(stored))!.ToJsonString()).Status;

    private static StrategyWrite Write(ClusterProfile? profile) =>
        new(KindsWorld.ResourceOf(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "PersistentVolumeClaim" }), (profile ?? ClusterProfile.Default).FeatureGates);

    private static JsonObject Tree(PersistentVolumeClaim claim) =>
        JsonNode.Parse(KubernetesJson.Serialize(claim with { Metadata = claim.Metadata with { ResourceVersion = "1" } }))!.AsObject();
}
