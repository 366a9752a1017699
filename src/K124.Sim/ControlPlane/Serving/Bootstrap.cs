using System.Text.Json.Nodes;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>What a fresh server brings along.</summary>
internal static class Bootstrap
{
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string FlowControl = "flowcontrol.apiserver.k8s.io";
    private const string Registration = "apiregistration.k8s.io";

    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    /// <summary>Makes what is not there yet.</summary>
    public static void Run(ApiServerCore server)
    {
        var store = server.Store;
        if (store.Count(store.Resource(new("", "namespaces"))) == 0)
        {
            foreach (var name in Namespaces)
            {
                Create(server, "/api/v1/namespaces", Named("v1", "Namespace", name));
            }
        }

        if (store.Count(store.Resource(new("scheduling.k8s.io", "priorityclasses"))) == 0)
        {
            CreatePriority(server, "system-node-critical", 2000001000, "Used for system critical pods that must not be moved from their current node.");
            CreatePriority(server, "system-cluster-critical", 2000000000, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.");
        }

        if (store.Count(store.Resource(new(Rbac, "clusterroles"))) == 0)
        {
            CreateAccess(server);
        }

        if (store.Count(store.Resource(new(FlowControl, "flowschemas"))) == 0)
        {
            CreateFlowControl(server);
        }

        if (store.Count(store.Resource(new(Registration, "apiservices"))) == 0)
        {
            foreach (var service in BootstrapServices.All(ApiServerCore.ServedByDefault, ApiTimes.Seconds(store.UtcNow)))
            {
                Create(server, $"/apis/{Registration}/v1/apiservices", service);
            }
        }

        if (store.Get(store.Resource(new("", "services")), new("default", "kubernetes")) is null)
        {
            CreateMasterService(server);
        }
    }

    private static void CreateAccess(ApiServerCore server)
    {
        foreach (var role in BootstrapRoles.ForPeople())
        {
            Create(server, $"/apis/{Rbac}/v1/clusterroles", role);
        }

        foreach (var (ns, plural, item) in BootstrapAccess.All())
        {
            Create(server, ns.Length == 0 ? $"/apis/{Rbac}/v1/{plural}" : $"/apis/{Rbac}/v1/namespaces/{ns}/{plural}", item);
        }
    }

    private static void CreateFlowControl(ApiServerCore server)
    {
        foreach (var level in BootstrapFlowControl.PriorityLevels())
        {
            Create(server, $"/apis/{FlowControl}/v1beta2/prioritylevelconfigurations", level);
        }

        foreach (var schema in BootstrapFlowControl.Schemas())
        {
            Create(server, $"/apis/{FlowControl}/v1beta2/flowschemas", schema);
        }
    }

    private static void CreatePriority(ApiServerCore server, string name, long value, string description)
    {
        var tree = Named("scheduling.k8s.io/v1", "PriorityClass", name);
        tree["value"] = value;
        tree["description"] = description;
        Create(server, "/apis/scheduling.k8s.io/v1/priorityclasses", tree);
    }

    private static void CreateMasterService(ApiServerCore server)
    {
        var tree = Named("v1", "Service", "kubernetes");
        tree["metadata"]!["labels"] = new JsonObject { ["component"] = "apiserver", ["provider"] = "kubernetes" };
        tree["spec"] = new JsonObject
        {
            ["clusterIP"] = "10.0.0.1",
            ["ipFamilyPolicy"] = "SingleStack",
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "https", ["port"] = 443, ["protocol"] = "TCP", ["targetPort"] = 6443 }),
            ["sessionAffinity"] = "None",
            ["type"] = "ClusterIP",
        };
        Create(server, "/api/v1/namespaces/default/services", tree);
    }

    private static JsonObject Named(string apiVersion, string kind, string name) => new()
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name },
    };

    private static void Create(ApiServerCore server, string path, JsonObject tree)
    {
        var query = new RequestQuery("");
        server.Install(RequestTarget.Of("POST", path, query), tree);
    }
}
