using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds.Admission;

/// <summary>Lets only those claims grow whose class allows it.</summary>
internal sealed class PersistentVolumeClaimResize : AdmissionPlugin
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    /// <inheritdoc/>
    public override string Name => "PersistentVolumeClaimResize";

    /// <inheritdoc/>
    public override ApiStatus? Validate(AdmissionRequest request)
    {
        if (request.Operation != AdmissionOperation.Update || !request.IsFor("persistentvolumeclaims") || Request(request.Object) <= Request(request.OldObject))
        {
            return null;
        }

        return request.OldObject.Object("status").Text("phase") != "Bound" ? request.Forbidden("Only bound persistent volume claims can be expanded")
            : !Allows(request) ? request.Forbidden("only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize")
            : null;
    }

    private static Model.Quantity Request(JsonObject? claim) =>
        Quantities.Read(claim.Object("spec").Object("resources", "requests").TextOrNull("storage"));

    private static bool Allows(AdmissionRequest request)
    {
        var name = ClassOf(request.Object);
        return name.Length > 0 && name == ClassOf(request.OldObject)
            && request.Context.Objects.Get("storage.k8s.io", "storageclasses", "", name).Flag("allowVolumeExpansion");
    }

    private static string ClassOf(JsonObject? claim) =>
        claim.Object("metadata", "annotations").TextOrNull(ClassAnnotation) ?? claim.Object("spec").Text("storageClassName");
}
