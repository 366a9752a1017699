using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>A controller's connection to the recorded server.</summary>
/// <param name="server">The server.</param>
internal sealed class RecordedClient(RecordedServer server) : IApiClient
{
    public DateTimeOffset Now => server.Now;

    /// <summary>Every event, in order.</summary>
    public List<ApiEvent> Events { get; } = [];

    public void Record(ApiEvent report) => Events.Add(report);

    public IApiObject? Get(ApiKind kind, ObjectKey key) =>
        server.Find(RecordedKind.Of(kind), key.Namespace, key.Name) is { } tree ? ModelJson.Object(tree, kind) : null;

    public IEnumerable<IApiObject> List(ApiKind kind) => server.List(RecordedKind.Of(kind)).Select(tree => ModelJson.Object(tree, kind));

    public IEnumerable<IApiObject> List(ApiKind kind, ObjectIndex index, string value) => List(kind).Where(item => CachedObjects.IsFiled(item, index, value));

    public ApiResult<IApiObject> Write(ApiWrite write)
    {
        var kind = RecordedKind.Of(write.Kind);
        var (space, name) = (write.Key.Namespace, write.Key.Name);
        var (tree, refusal) = write.Verb switch
        {
            ApiVerb.Create => server.Create(kind, space, ModelJson.Tree(write.Object!)),
            ApiVerb.Update => server.Update(kind, space, ModelJson.Tree(write.Object!), write.Subresource),
            ApiVerb.Patch => server.Patch(kind, space, name, write.PatchType, JsonNode.Parse(write.Patch)!.AsObject(), write.Subresource),
            ApiVerb.Delete => server.Delete(kind, space, name, write.Options),
            _ => throw new InvalidOperationException($"{write.Verb} is no single write."),
        };
        return refusal is null ? ApiResult.Success(ModelJson.Object(tree!, write.Kind)) : ApiResult.Failure<IApiObject>(refusal);
    }
}
