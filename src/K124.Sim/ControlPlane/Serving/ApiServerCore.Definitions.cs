using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.CustomResources;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.ControlPlane.Serving;

/// <content>What the server does about definitions of custom resources, right after they were written.</content>
internal sealed partial class ApiServerCore
{
    private const string DefinitionsGroup = "apiextensions.k8s.io";

    private static bool IsDefinition(ServedResource resource) => resource.Type is { Group: DefinitionsGroup, Plural: "customresourcedefinitions" };

    /// <summary>Accepts the names of a definition, and serves it.</summary>
    private void SettleDefinition(ServedResource resource, StoredObject written)
    {
        var group = written.Tree.Object("spec").Text("group");
        var others = Store.List(resource.Stored).Where(item => item.Key != written.Key && item.Tree.Object("spec").Text("group") == group).Select(item => item.Tree);
        var tree = written.CopyTree();
        var now = ApiTimes.Seconds(UtcNow);
        var accepted = CustomResourceNaming.Accept(tree, others, now);
        var established = CustomResourceNaming.Establish(tree, now);
        if (accepted || established)
        {
            WriteDefinition(resource, written, tree);
        }
    }

    /// <summary>Deletes the objects of a definition that is to go, and lets it go when none is left.</summary>
    private void EmptyDefinition(RequestScope scope, StoredObject marked)
    {
        var tree = marked.CopyTree();
        CustomResourceDeletion.Proceed(tree, scope.Context.Now);
        var proceeding = WriteDefinition(scope.Resource, marked, tree);
        if (_custom.FindStored(proceeding) is { } instances)
        {
            foreach (var item in Store.List(instances.Stored).ToArray())
            {
                var one = scope with
                {
                    Resource = instances,
                    Target = scope.Target with { Group = instances.Type.Group, Resource = instances.Type.Plural, Namespace = item.Key.Namespace, Name = item.Key.Name },
                };
                DeleteObject(one, item, new(), out _);
            }
        }

        TryFinishDefinition(scope.Resource, proceeding);
    }

    /// <summary>Lets go of a definition that waits for its last object.</summary>
    private void InstanceGone(StoreResource stored)
    {
        var definitions = Catalog.Find(DefinitionsGroup, "v1", "customresourcedefinitions");
        if (definitions is not null && Store.Count(stored) == 0
            && Store.Get(definitions.Stored, new("", $"{stored.Id.Plural}.{stored.Id.Group}")) is { } definition
            && definition.Tree.Object("metadata").Has("deletionTimestamp"))
        {
            TryFinishDefinition(definitions, definition);
        }
    }

    private void TryFinishDefinition(ServedResource resource, StoredObject definition)
    {
        var spec = definition.Tree.Object("spec");
        if (Store.Count(Store.Resource(new(spec.Text("group"), spec.Object("names").Text("plural")))) > 0)
        {
            return;
        }

        var tree = definition.CopyTree();
        CustomResourceDeletion.Finish(tree, ApiTimes.Seconds(UtcNow));
        if (Deletion.IsFinished(resource, tree))
        {
            Remove(definition);
        }
        else
        {
            WriteDefinition(resource, definition, tree);
        }
    }

    private StoredObject WriteDefinition(ServedResource resource, StoredObject old, JsonObject tree)
    {
        ObjectWriter.Complete(resource.Type.Schema!, tree);
        resource.Owners("status").Update(old.Tree, tree, "kube-apiserver", ApiTimes.Seconds(UtcNow));
        ObjectForms.DropEmptyMetadata(tree);
        return Store.Update(resource.Stored, old.Key, tree).Object!;
    }
}
