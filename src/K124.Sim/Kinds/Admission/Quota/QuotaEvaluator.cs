using System.Text.Json.Nodes;
using K124.Sim.Model;

namespace K124.Sim.Kinds.Admission.Quota;

/// <summary>Tells what an object of one resource uses up.</summary>
internal abstract class QuotaEvaluator
{
    /// <summary>The evaluator of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>It; null if the resource is not counted.</returns>
    public static QuotaEvaluator? For(ResourceType resource) => (resource.Group, resource.Plural) switch
    {
        ("", "pods") => PodQuota.Instance,
        ("", "persistentvolumeclaims") => ClaimQuota.Instance,
        ("", "services") => ServiceQuota.Instance,
        ("" or "events.k8s.io", "events") => null,
        _ => resource.IsNamespaced ? new CountQuota(resource) : null,
    };

    /// <summary>Whether writes of a kind can change the usage.</summary>
    public virtual bool Handles(AdmissionOperation operation) => operation == AdmissionOperation.Create;

    /// <summary>Whether a name in a quota is about this resource.</summary>
    public abstract bool Knows(string name);

    /// <summary>What the object uses.</summary>
    public abstract SortedDictionary<string, Quantity> Usage(JsonObject tree);

    /// <summary>Whether the object is in a scope.</summary>
    /// <param name="tree">The object.</param>
    /// <param name="scope">The scope, its operator and values.</param>
    public virtual bool IsInScope(JsonObject tree, JsonObject scope) => false;

    /// <summary>What the object must say and does not.</summary>
    /// <returns>A text; null if nothing is missing.</returns>
    public virtual string? Missing(List<string> names, JsonObject tree) => null;

    /// <summary>An amount of one.</summary>
    protected static Quantity One => Quantity.FromUnits(1);

    /// <summary>A usage of nothing.</summary>
    protected static SortedDictionary<string, Quantity> Nothing() => new(StringComparer.Ordinal);
}
