using System.Text.Json.Nodes;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The flow control that a server sets up for itself.</summary>
internal static class BootstrapFlowControl
{
    private const string ApiVersion = "flowcontrol.apiserver.k8s.io/v1beta2";
    private const string All = "*";
    private const string Nodes = "g:system:nodes";
    private const string ControllerManager = "u:system:kube-controller-manager";
    private const string Scheduler = "u:system:kube-scheduler";

    public static IEnumerable<JsonObject> PriorityLevels()
    {
        yield return Named("PriorityLevelConfiguration", "exempt", new() { ["type"] = "Exempt" });
        yield return Level("catch-all", 5, 0, 0);
        yield return Level("leader-election", 10, 16, 4);
        yield return Level("node-high", 40, 64, 6);
        yield return Level("system", 30, 64, 6);
        yield return Level("workload-high", 40, 128, 6);
        yield return Level("workload-low", 100, 128, 6);
        yield return Level("global-default", 20, 128, 6);
    }

    public static IEnumerable<JsonObject> Schemas()
    {
        string[] everybody = ["g:system:unauthenticated", "g:system:authenticated"];
        string[] electing = ["get", "create", "update"];
        yield return Schema("exempt", "exempt", 1, "", Rule(["g:system:masters"], [Anything()], [Paths([All], All)]));
        yield return Schema("probes", "exempt", 2, "", Rule(everybody, [], [Paths(["/healthz", "/readyz", "/livez"], "get")]));
        yield return Schema("system-leader-election", "leader-election", 100, "ByUser", Rule(
            [ControllerManager, Scheduler], [Resources(electing, "coordination.k8s.io", ["leases"], "kube-system")], []));
        yield return Schema("endpoint-controller", "workload-high", 150, "ByUser", Rule(
            [ControllerManager, "s:kube-system/endpoint-controller", "s:kube-system/endpointslicemirroring-controller"],
            [Resources(["get", "create", "update"], "", ["endpoints"], All)], []));
        yield return Schema("workload-leader-election", "leader-election", 200, "ByUser", Rule(
            ["s:kube-system/*"], [Resources(electing, "", ["endpoints", "configmaps"], All), Resources(electing, "coordination.k8s.io", ["leases"], All)], []));
        yield return Schema("system-node-high", "node-high", 400, "ByUser", Rule(
            [Nodes], [Resources([All], "", ["nodes", "nodes/status"], All, isClusterToo: true), Resources([All], "coordination.k8s.io", ["leases"], All)], []));
        yield return Schema("system-nodes", "system", 500, "ByUser", Rule([Nodes], [Anything()], [Paths([All], All)]));
        yield return Schema("kube-controller-manager", "workload-high", 800, "ByNamespace", Rule([ControllerManager], [Anything()], [Paths([All], All)]));
        yield return Schema("kube-scheduler", "workload-high", 800, "ByNamespace", Rule([Scheduler], [Anything()], [Paths([All], All)]));
        yield return Schema("kube-system-service-accounts", "workload-high", 900, "ByNamespace", Rule(
            ["s:kube-system/*"], [Anything()], [Paths([All], All)]));
        yield return Schema("service-accounts", "workload-low", 9000, "ByUser", Rule(["g:system:serviceaccounts"], [Anything()], [Paths([All], All)]));
        yield return Schema("global-default", "global-default", 9900, "ByUser", Rule(everybody, [Anything()], [Paths([All], All)]));
        yield return Schema("catch-all", "catch-all", 10000, "ByUser", Rule(everybody, [Anything()], [Paths([All], All)]));
    }

    private static JsonObject Level(string name, int shares, int queues, int handSize)
    {
        JsonObject response = queues == 0
            ? new() { ["type"] = "Reject" }
            : new()
            {
                ["type"] = "Queue",
                ["queuing"] = new JsonObject { ["queues"] = queues, ["handSize"] = handSize, ["queueLengthLimit"] = 50 },
            };
        return Named("PriorityLevelConfiguration", name, new()
        {
            ["type"] = "Limited",
            ["limited"] = new JsonObject { ["assuredConcurrencyShares"] = shares, ["limitResponse"] = response },
        });
    }

    private static JsonObject Schema(string name, string level, int precedence, string distinguisher, JsonObject rule)
    {
        var spec = new JsonObject { ["priorityLevelConfiguration"] = new JsonObject { ["name"] = level }, ["matchingPrecedence"] = precedence };
        if (distinguisher.Length > 0)
        {
            spec["distinguisherMethod"] = new JsonObject { ["type"] = distinguisher };
        }

        spec["rules"] = new JsonArray(rule);
        var schema = Named("FlowSchema", name, spec);
        schema["status"] = new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Dangling",
                ["status"] = "False",
                ["reason"] = "Found",
                ["message"] = $"This FlowSchema references the PriorityLevelConfiguration object named \"{level}\" and it exists",
            }),
        };
        return schema;
    }

    private static JsonObject Rule(string[] subjects, JsonObject[] resources, JsonObject[] paths)
    {
        var rule = new JsonObject { ["subjects"] = new JsonArray([.. subjects.Select(Subject)]) };
        if (resources.Length > 0)
        {
            rule["resourceRules"] = new JsonArray([.. resources]);
        }

        if (paths.Length > 0)
        {
            rule["nonResourceRules"] = new JsonArray([.. paths]);
        }

        return rule;
    }

    private static JsonNode Subject(string text)
    {
        var name = text[2..];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return text[0] switch
        {
            'g' => new JsonObject { ["kind"] = "Group", ["group"] = new JsonObject { ["name"] = name } },
            'u' => new JsonObject { ["kind"] = "User", ["user"] = new JsonObject { ["name"] = name } },
            _ => new JsonObject
            {
                ["kind"] = "ServiceAccount",
                ["serviceAccount"] = new JsonObject { ["namespace"] = name[..slash], ["name"] = name[(slash + 1)..] },
            },
        };
    }

    private static JsonObject Anything() => Resources([All], All, [All], All, isClusterToo: true);

    private static JsonObject Resources(string[] verbs, string group, string[] resources, string ns, bool isClusterToo = false)
    {
        var rule = new JsonObject { ["verbs"] = Words(verbs), ["apiGroups"] = Words([group]), ["resources"] = Words(resources) };
        if (isClusterToo)
        {
            rule["clusterScope"] = true;
        }

        rule["namespaces"] = Words([ns]);
        return rule;
    }

    private static JsonObject Paths(string[] urls, string verb) => new() { ["verbs"] = Words([verb]), ["nonResourceURLs"] = Words(urls) };

    private static JsonArray Words(string[] words) => new([.. words.Select(static word => (JsonNode)word)]);

    private static JsonObject Named(string kind, string name, JsonObject spec) => new()
    {
        ["apiVersion"] = ApiVersion,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["annotations"] = new JsonObject { ["apf.kubernetes.io/autoupdate-spec"] = "true" } },
        ["spec"] = spec,
    };
}
