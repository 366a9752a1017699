using System.Text.Json.Nodes;
using K124.Sim.Model;

namespace K124.Sim.Kinds.Admission.Quota;

/// <summary>Resources whose objects are only counted.</summary>
/// <param name="resource">The resource.</param>
internal sealed class CountQuota(ResourceType resource) : QuotaEvaluator
{
    private readonly string _name = "count/" + resource.QualifiedPlural;

    // Some had names in quotas before every resource did.
    private readonly string? _oldName =
        resource.Group.Length == 0 && resource.Plural is "configmaps" or "secrets" or "replicationcontrollers" or "resourcequotas" ? resource.Plural : null;

    /// <inheritdoc/>
    public override bool Knows(string name) => name == _name || name == _oldName;

    /// <inheritdoc/>
    public override SortedDictionary<string, Quantity> Usage(JsonObject tree)
    {
        var usage = Nothing();
        usage[_name] = One;
        if (_oldName is not null)
        {
            usage[_oldName] = One;
        }

        return usage;
    }
}
