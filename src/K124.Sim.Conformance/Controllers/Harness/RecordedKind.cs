using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>A kind that the recorded server serves.</summary>
/// <param name="ApiVersion">Its version.</param>
/// <param name="Kind">Its name.</param>
internal readonly record struct RecordedKind(string ApiVersion, string Kind)
{
    public string Resource => ApiResources.PluralOf(Kind);

    public string GroupResource => ApiResources.GroupResourceOf(ApiVersion, Kind);

    public ApiKind? Model => ApiKind.Find(ApiVersion, Kind);

    /// <summary>Whether it is a kind of custom resources, which know no strategic patch.</summary>
    public bool IsCustom => ApiVersion.StartsWith("example.com/", StringComparison.Ordinal);

    public bool IsNamespaced => Model?.IsNamespaced ?? Kind != "ClusterWidget";

    public static RecordedKind Of(ApiKind kind) => new(kind.ApiVersions[0], kind.Kind);

    public static ApiKind? OfResource(string resource) => ApiKind.All.FirstOrDefault(kind => ApiResources.PluralOf(kind.Kind) == resource);
}
