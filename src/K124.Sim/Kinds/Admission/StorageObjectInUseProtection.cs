using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>Keeps volumes and claims from vanishing while they are used.</summary>
internal sealed class StorageObjectInUseProtection : AdmissionPlugin
{
    /// <inheritdoc/>
    public override string Name => "StorageObjectInUseProtection";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (request.Operation != AdmissionOperation.Create)
        {
            return null;
        }

        var finalizer = request.IsFor("persistentvolumes") ? "kubernetes.io/pv-protection"
            : request.IsFor("persistentvolumeclaims") ? "kubernetes.io/pvc-protection"
            : null;
        var metadata = request.Object!.Ensure("metadata");
        if (finalizer is not null && !metadata.Texts("finalizers").Contains(finalizer))
        {
            metadata.EnsureList("finalizers").Add((JsonNode)JsonValue.Create(finalizer));
        }

        return null;
    }
}
