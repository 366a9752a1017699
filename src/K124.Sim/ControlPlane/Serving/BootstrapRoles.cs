using System.Text.Json.Nodes;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The cluster roles that people are given in namespaces, which others may add to.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/auth/authorizer/rbac/bootstrappolicy.</remarks>
internal static class BootstrapRoles
{
    private const string Group = "rbac.authorization.k8s.io";
    private const string Reading = "get list watch";
    private const string Writing = "create delete deletecollection patch update";

    public static IEnumerable<JsonObject> ForPeople()
    {
        yield return Aggregated("admin", "admin");
        yield return Aggregated("edit", "edit");
        yield return Aggregated("view", "view");
        yield return Labelled("system:aggregate-to-view", "view", [.. ViewRules(Reading)]);
        yield return Labelled(
            "system:aggregate-to-edit",
            "edit",
            [
                Resources("", "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy", Reading),
                Resources("", "serviceaccounts", "impersonate"),
                Resources("", "pods pods/attach pods/exec pods/portforward pods/proxy", Writing),
                Resources("", "configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy", Writing),
                Resources("", "serviceaccounts/token", "create"),
                Resources("apps", "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale", Writing),
                Resources("autoscaling", "horizontalpodautoscalers", Writing),
                Resources("batch", "cronjobs jobs", Writing),
                Resources("extensions", "daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale", Writing),
                Resources("policy", "poddisruptionbudgets", Writing),
                Resources("networking.k8s.io", "ingresses networkpolicies", Writing),
            ]);
        yield return Labelled(
            "system:aggregate-to-admin",
            "admin",
            [Resources("authorization.k8s.io", "localsubjectaccessreviews", "create"), Resources(Group, "rolebindings roles", $"{Writing} {Reading}")]);
    }

    private static IEnumerable<JsonObject> ViewRules(string verbs)
    {
        yield return Resources("", "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status", verbs);
        yield return Resources("", "bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status", verbs);
        yield return Resources("", "namespaces", verbs);
        yield return Resources("discovery.k8s.io", "endpointslices", verbs);
        yield return Resources("apps", "controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status", verbs);
        yield return Resources("autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status", verbs);
        yield return Resources("batch", "cronjobs cronjobs/status jobs jobs/status", verbs);
        yield return Resources("extensions", "daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale", verbs);
        yield return Resources("policy", "poddisruptionbudgets poddisruptionbudgets/status", verbs);
        yield return Resources("networking.k8s.io", "ingresses ingresses/status networkpolicies", verbs);
    }

    private static JsonObject Role(string name, params JsonObject[] rules) => new()
    {
        ["apiVersion"] = $"{Group}/v1",
        ["kind"] = "ClusterRole",
        ["metadata"] = Metadata(name),
        ["rules"] = new JsonArray([.. rules]),
    };

    private static JsonObject Labelled(string name, string aggregatedTo, JsonObject[] rules)
    {
        var role = Role(name, rules);
        role["metadata"]!["labels"]![$"{Group}/aggregate-to-{aggregatedTo}"] = "true";
        return role;
    }

    private static JsonObject Aggregated(string name, string of)
    {
        var role = Role(name);
        role.Remove("rules");
        role["aggregationRule"] = new JsonObject
        {
            ["clusterRoleSelectors"] = new JsonArray(new JsonObject
            {
                ["matchLabels"] = new JsonObject { [$"{Group}/aggregate-to-{of}"] = "true" },
            }),
        };
        return role;
    }

    private static JsonObject Metadata(string name) => new()
    {
        ["name"] = name,
        ["annotations"] = new JsonObject { [$"{Group}/autoupdate"] = "true" },
        ["labels"] = new JsonObject { ["kubernetes.io/bootstrapping"] = "rbac-defaults" },
    };

    private static JsonObject Resources(string groups, string resources, string verbs) =>
        new() { ["apiGroups"] = Words(groups, keepsEmpty: true), ["resources"] = Words(resources), ["verbs"] = Words(verbs) };

    private static JsonArray Words(string text, bool keepsEmpty = false) =>
        new([.. (keepsEmpty && text.Length == 0 ? [""] : text.Split(' ')).Select(word => (JsonNode)word)]);
}
