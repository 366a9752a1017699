using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.ControlPlane.Serving;

/// <content>How the components beside the server are.</content>
internal sealed partial class ApiServerCore
{
    // The components with the ports that the server asks them on.
    private static readonly (string Name, int Port)[] Components = [("scheduler", 10259), ("controller-manager", 10257), ("etcd-0", 0)];

    private ApiResponse ReadComponents(RequestScope scope)
    {
        if (scope.Target.Verb == "list")
        {
            return Respond(scope, ListBody.OfUnstored(scope.Resource, [.. Components.Select(StatusOf)]));
        }

        var found = Array.Find(Components, component => component.Name == scope.Target.Name);
        return found.Name is null
            ? Refuse(StatusErrors.InternalText($"Component not found: {scope.Target.Name}"), scope)
            : Respond(scope, 200, StatusOf(found));
    }

    private JsonObject StatusOf((string Name, int Port) component)
    {
        var runs = component.Port == 0 || _options.RunningComponents.Contains(component.Name);
        var address = FormattableString.Invariant($"127.0.0.1:{component.Port}");
        var message = component.Port == 0 ? "{\"health\":\"true\"}"
            : runs ? "ok"
            : $"Get \"https://{address}/healthz\": dial tcp {address}: connect: connection refused";
        return new()
        {
            ["kind"] = "ComponentStatus",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = component.Name, ["creationTimestamp"] = null },
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Healthy", ["status"] = runs ? "True" : "False", ["message"] = message }),
        };
    }
}
