using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Discovery;

/// <summary>The entries of one resource and its subresources.</summary>
internal static class DiscoveryEntries
{
    /// <summary>The entries.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="storageVersion">Version in which objects of a custom resource are stored.</param>
    public static IEnumerable<JsonObject> Of(ResourceType resource, Func<ResourceType, string>? storageVersion)
    {
        var isCustom = resource.Schema is null;
        yield return Main(resource, isCustom, storageVersion);
        foreach (var subresource in resource.Subresources)
        {
            yield return Subresource(resource, subresource);
        }
    }

    private static JsonObject Main(ResourceType resource, bool isCustom, Func<ResourceType, string>? storageVersion)
    {
        var result = new JsonObject
        {
            ["name"] = resource.Plural,
            ["singularName"] = isCustom ? resource.Singular : "",
            ["namespaced"] = resource.IsNamespaced,
            ["kind"] = resource.Kind,
            ["verbs"] = Texts(isCustom ? ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"] : resource.Verbs),
        };
        if (!resource.ShortNames.IsEmpty)
        {
            result["shortNames"] = Texts(resource.ShortNames);
        }

        if (!resource.Categories.IsEmpty)
        {
            result["categories"] = Texts(resource.Categories);
        }

        if (resource.Verbs.Contains("watch"))
        {
            result["storageVersionHash"] = Hash(isCustom ? $"{resource.Group}/{storageVersion?.Invoke(resource) ?? resource.Version}/{resource.Kind}" : Stored(resource));
        }

        return result;
    }

    private static JsonObject Subresource(ResourceType resource, string subresource)
    {
        var (group, version, kind) = (resource.Plural, subresource) switch
        {
            (_, "scale") => ("autoscaling", "v1", "Scale"),
            ("pods", "eviction") => ("policy", "v1", "Eviction"),
            ("pods", "binding") => ("", "", "Binding"),
            ("pods", "attach") => ("", "", "PodAttachOptions"),
            ("pods", "exec") => ("", "", "PodExecOptions"),
            ("pods", "portforward") => ("", "", "PodPortForwardOptions"),
            ("pods", "proxy") => ("", "", "PodProxyOptions"),
            ("nodes", "proxy") => ("", "", "NodeProxyOptions"),
            ("services", "proxy") => ("", "", "ServiceProxyOptions"),
            ("serviceaccounts", "token") => ("authentication.k8s.io", "v1", "TokenRequest"),
            _ => ("", "", resource.Kind),
        };
        var result = new JsonObject
        {
            ["name"] = $"{resource.Plural}/{subresource}",
            ["singularName"] = "",
            ["namespaced"] = resource.IsNamespaced,
        };
        if (version.Length > 0)
        {
            result["group"] = group;
            result["version"] = version;
        }

        result["kind"] = kind;
        result["verbs"] = Texts(subresource switch
        {
            "binding" or "eviction" or "token" => ["create"],
            "attach" or "exec" or "portforward" => ["create", "get"],
            "proxy" => ["create", "delete", "get", "patch", "update"],
            "log" => ["get"],
            "finalize" => ["update"],
            _ => ["get", "patch", "update"],
        });
        return result;
    }

    // The versions that 1.24 hashes are those it was built to store by default.
    private static string Stored(ResourceType resource) => (resource.Group, resource.Plural) switch
    {
        ("events.k8s.io", _) => "/v1/Event",
        ("autoscaling", _) => $"autoscaling/v1/{resource.Kind}",
        ("policy", _) => $"policy/v1beta1/{resource.Kind}",
        ("discovery.k8s.io", _) => $"discovery.k8s.io/v1beta1/{resource.Kind}",
        ("flowcontrol.apiserver.k8s.io", _) => $"flowcontrol.apiserver.k8s.io/v1beta1/{resource.Kind}",
        ("storage.k8s.io", "csistoragecapacities") => $"storage.k8s.io/v1beta1/{resource.Kind}",
        ("apiextensions.k8s.io", _) => $"apiextensions.k8s.io/v1beta1/{resource.Kind}",
        ("internal.apiserver.k8s.io", _) => $"internal.apiserver.k8s.io/v1alpha1/{resource.Kind}",
        _ => $"{resource.Group}/v1/{resource.Kind}",
    };

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static t => JsonValue.Create(t))]);
}
