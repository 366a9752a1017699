using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;

namespace K124.Sim.Kinds.Admission.Quota;

/// <summary>Claims: their number and the storage that they ask for, also by class.</summary>
internal sealed class ClaimQuota : QuotaEvaluator
{
    private const string Claims = "persistentvolumeclaims";
    private const string Storage = "requests.storage";
    private const string OfClass = ".storageclass.storage.k8s.io/";

    /// <summary>The only instance.</summary>
    public static ClaimQuota Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Handles(AdmissionOperation operation) => operation is AdmissionOperation.Create or AdmissionOperation.Update;

    /// <inheritdoc/>
    public override bool Knows(string name) => name is Claims or Storage or "count/persistentvolumeclaims"
        || name.EndsWith(OfClass + Claims, StringComparison.Ordinal) || name.EndsWith(OfClass + Storage, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override SortedDictionary<string, Quantity> Usage(JsonObject tree)
    {
        var usage = Nothing();
        usage[Claims] = One;
        usage["count/persistentvolumeclaims"] = One;
        var spec = tree.Object("spec");
        var className = tree.Object("metadata", "annotations").TextOrNull("volume.beta.kubernetes.io/storage-class") ?? spec.Text("storageClassName");
        if (className.Length > 0)
        {
            usage[className + OfClass + Claims] = One;
        }

        if (spec.Object("resources", "requests").TextOrNull("storage") is { } request)
        {
            var amount = Quantities.Read(request);
            var whole = amount.MilliValue() % 1000 == 0 ? amount : Quantity.FromUnits(amount.Value(), amount.Format);
            usage[Storage] = whole;
            if (className.Length > 0)
            {
                usage[className + OfClass + Storage] = whole;
            }
        }

        return usage;
    }
}
