using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.CustomResources;
using K124.Sim.Kinds.Discovery;

namespace K124.Sim.ControlPlane.Serving;

/// <content>What is served, and its schemas.</content>
internal sealed partial class ApiServerCore
{
    private const string GitVersion = "v1.24.0";

    private static readonly ResourceType[] BuiltIn = [.. ResourceTypes.Instance.All.Where(static type => type.IsServedByDefault)];

    /// <summary>The resources that a server has by default.</summary>
    internal static IReadOnlyList<ResourceType> ServedByDefault => BuiltIn;

    // They are the same for every server without custom resources, and take long to make.
    private static readonly Lazy<OpenApiDocuments> BuiltInDocuments = new(static () => new(GitVersion, BuiltIn, []));

    private OpenApiDocuments? _documents;
    private CustomResourceDefinition[] _documented = [];

    private IEnumerable<ResourceType> Served => BuiltIn.Concat(_custom.All.Select(static resource => resource.Type));

    private OpenApiDocuments Documents
    {
        get
        {
            CustomResourceDefinition[] definitions = [.. _custom.All.Select(static resource => resource.Definition).Distinct()];
            if (definitions.Length == 0)
            {
                return BuiltInDocuments.Value;
            }

            if (_documents is null || !definitions.SequenceEqual(_documented))
            {
                (_documents, _documented) = (new(GitVersion, BuiltIn, definitions), definitions);
            }

            return _documents;
        }
    }

    /// <summary>Answers about what is served; null if the path names nothing of the kind.</summary>
    private ApiResponse? Discover(ApiRequest request, string[] parts)
    {
        if (request.Method != "GET" && !(request.Method == "POST" && parts is ["apis"]))
        {
            return parts is ["api"] or ["apis"] or ["apis", _] or ["api", "v1"] ? Refuse(Refusals.MethodNotAllowed, request.Header("accept")) : null;
        }

        return parts switch
        {
            ["api"] => ApiResponse.Of(200, DiscoveryDocuments.CoreVersions(request.Header("host"))),
            ["apis"] => ApiResponse.Of(200, DiscoveryDocuments.Groups(Served)),
            ["apis", var group] => Answer(DiscoveryDocuments.Group(Served, group)),
            ["api", "v1"] => Answer(DiscoveryDocuments.Resources(Served, "v1")),
            ["apis", var group, var version] => Answer(DiscoveryDocuments.Resources(Served, $"{group}/{version}", StorageVersionOf)),
            ["openapi", ..] => OpenApi(request, parts),
            _ => null,
        };
    }

    private string StorageVersionOf(ResourceType type) =>
        _custom.All.FirstOrDefault(resource => resource.Type.Group == type.Group && resource.Type.Plural == type.Plural)?.Definition.StorageVersion.Name ?? type.Version;

    private static ApiResponse? Answer(JsonObject? document) => document is null ? null : ApiResponse.Of(200, document);
}
