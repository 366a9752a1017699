using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Objects that the server makes for itself.</content>
internal sealed partial class ApiServerCore
{
    /// <summary>Makes an object without asking anybody: defaulted, owned by the server, stored.</summary>
    internal void Install(RequestTarget target, JsonObject body)
    {
        var resource = Catalog.Find(target.Group, target.Version, target.Resource)
            ?? throw new ArgumentException($"{target.Path} is not served.", nameof(target));
        var scope = new RequestScope
        {
            Request = new()
            {
                Method = "POST",
                Path = target.Path,
                Headers = ImmutableSortedDictionary<string, string>.Empty.Add("user-agent", "kube-apiserver/v1.24.0"),
            },
            Query = new(""),
            Target = target,
            User = UserInfo.Admin,
            Resource = resource,
            Context = new() { Objects = _reader, Now = ApiTimes.Seconds(UtcNow), Names = _names },
        };
        var request = Write(scope, body);
        ObjectForms.Read(request, scope.Context, out var tree);
        ObjectForms.CheckNamespace(request, tree.Ensure("metadata"));
        TrackOwners(scope, body, tree, null);
        NewMetadata.Prepare(request, tree, KindStrategies.For(resource.Type), scope.Context);
        ObjectWriter.Complete(resource.Type.Schema!, tree);
        ObjectForms.DropEmptyMetadata(tree);
        Services.Allocate(resource.Stored, Store, tree, isDryRun: false);
        Store.Create(resource.Stored, new(target.Namespace, tree.Object("metadata").Text("name")), resource.ToStored(tree));
    }
}
