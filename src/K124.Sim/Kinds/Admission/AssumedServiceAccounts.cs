using K124.Sim.Api;
using K124.Sim.Kinds.Pods;

namespace K124.Sim.Kinds.Admission;

/// <summary>Stands where ServiceAccount does, for clusters whose accounts are not known: each account is taken as there, and as mounting no token.</summary>
internal sealed class AssumedServiceAccounts : AdmissionPlugin
{
    /// <inheritdoc/>
    public override string Name => "AssumedServiceAccounts";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (request.Operation == AdmissionOperation.Create && request.IsFor("pods") && request.Object is { } pod
            && !pod.Object("metadata", "annotations").Has(PodAnnotationRules.Mirror)
            && pod.Ensure("spec") is var spec && spec.Text("serviceAccountName").Length == 0)
        {
            spec["serviceAccountName"] = "default";
            spec["serviceAccount"] = "default";
        }

        return null;
    }
}
