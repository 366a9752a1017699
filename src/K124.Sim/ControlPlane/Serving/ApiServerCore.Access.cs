using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Who may write the rules of access.</content>
internal sealed partial class ApiServerCore
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>Refuses roles and bindings that grant more than their writer holds.</summary>
    /// <param name="scope">The request.</param>
    /// <param name="tree">The object that is to be stored.</param>
    /// <param name="old">The object as it is stored; null if it is new.</param>
    private ApiStatus? CheckGrant(RequestScope scope, JsonObject tree, JsonObject? old)
    {
        if (scope.Target.Group != RbacGroup || !_options.UsesRbac || scope.User.Groups.Contains("system:masters"))
        {
            return null;
        }

        var isBinding = scope.Target.Resource is "rolebindings" or "clusterrolebindings";
        return isBinding ? CheckBinding(scope, tree, old) : CheckRole(scope, tree, old);
    }

    private ApiStatus? CheckRole(RequestScope scope, JsonObject tree, JsonObject? old)
    {
        if (old is not null && JsonNode.DeepEquals(tree["rules"], old["rules"]) && JsonNode.DeepEquals(tree["aggregationRule"], old["aggregationRule"]))
        {
            return null;
        }

        var escalates = new AccessAttributes(
            "escalate", RbacGroup, scope.Target.Resource, Namespace: scope.Target.Namespace, Name: tree.Object("metadata").Text("name"));
        if (Allows(scope.User, escalates, out _))
        {
            return null;
        }

        IEnumerable<JsonObject> granted = [.. tree.Objects("rules")];
        return tree.Has("aggregationRule") || old.Has("aggregationRule")
            ? RbacEscalation.Problem(scope.User, HeldBy(scope), RbacEscalation.Everything) is null
                ? null
                : Forbidden(scope, tree, "must have cluster-admin privileges to use an aggregationRule")
            : RbacEscalation.Problem(scope.User, HeldBy(scope), granted) is { } problem ? Forbidden(scope, tree, problem) : null;
    }

    private ApiStatus? CheckBinding(RequestScope scope, JsonObject tree, JsonObject? old)
    {
        if (old is not null && JsonNode.DeepEquals(tree["roleRef"], old["roleRef"]) && JsonNode.DeepEquals(tree["subjects"], old["subjects"]))
        {
            return null;
        }

        var role = tree.Object("roleRef");
        var plural = role.Text("kind") == "ClusterRole" ? "clusterroles" : "roles";
        var binds = new AccessAttributes("bind", RbacGroup, plural, Namespace: scope.Target.Namespace, Name: role.Text("name"));
        if (Allows(scope.User, binds, out _))
        {
            return null;
        }

        return _authorizer.RulesOfRole(role, scope.Target.Namespace) is not { } granted
            ? StatusErrors.NotFound(RbacGroup, plural, role.Text("name"))
            : RbacEscalation.Problem(scope.User, HeldBy(scope), granted) is { } problem ? Forbidden(scope, tree, problem) : null;
    }

    private JsonObject[] HeldBy(RequestScope scope) => [.. _authorizer.RulesOf(scope.User, scope.Target.Namespace)];

    private static ApiStatus Forbidden(RequestScope scope, JsonObject tree, string why) =>
        StatusErrors.Forbidden(scope.Target.Group, scope.Target.Resource, tree.Object("metadata").Text("name"), why);
}
