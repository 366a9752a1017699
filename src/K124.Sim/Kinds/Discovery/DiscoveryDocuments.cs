using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Discovery;

/// <summary>The documents by which clients find out what a server serves.</summary>
internal static class DiscoveryDocuments
{
    /// <summary>What <c>/api</c> answers.</summary>
    /// <param name="serverAddress">Address of the server with its port.</param>
    public static JsonObject CoreVersions(string serverAddress) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = serverAddress }),
    };

    /// <summary>What <c>/apis</c> answers.</summary>
    /// <param name="served">The resources that are served, custom ones included.</param>
    public static JsonObject Groups(IEnumerable<ResourceType> served) => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. GroupOrder.Of(served).Select(static g => (JsonNode)Members(g.Group, g.Versions))]),
    };

    /// <summary>What <c>/apis/GROUP</c> answers; null if nothing of the group is served.</summary>
    public static JsonObject? Group(IEnumerable<ResourceType> served, string group)
    {
        var found = GroupOrder.Of(served.Where(r => r.Group == group)).FirstOrDefault();
        if (found.Versions is null)
        {
            return null;
        }

        var result = new JsonObject { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        foreach (var (key, value) in Members(group, found.Versions).ToArray())
        {
            result[key] = value?.DeepClone();
        }

        return result;
    }

    /// <summary>What <c>/api/v1</c> or <c>/apis/GROUP/VERSION</c> answers; null if nothing of the version is served.</summary>
    /// <param name="served">The resources that are served, custom ones included.</param>
    /// <param name="apiVersion">Group and version.</param>
    /// <param name="storageVersion">Version in which objects of a custom resource are stored.</param>
    public static JsonObject? Resources(IEnumerable<ResourceType> served, string apiVersion, Func<ResourceType, string>? storageVersion = null)
    {
        var entries = served.Where(r => r.ApiVersion == apiVersion).SelectMany(r => DiscoveryEntries.Of(r, storageVersion)).ToList();
        if (entries.Count == 0)
        {
            return null;
        }

        entries.Sort(static (a, b) => string.CompareOrdinal(a.Text("name"), b.Text("name")));
        var result = new JsonObject { ["kind"] = "APIResourceList" };
        if (apiVersion != "v1")
        {
            result["apiVersion"] = "v1";
        }

        result["groupVersion"] = apiVersion;
        result["resources"] = new JsonArray([.. entries]);
        return result;
    }

    private static JsonObject Members(string group, IReadOnlyList<string> versions) => new()
    {
        ["name"] = group,
        ["versions"] = new JsonArray([.. versions.Select(v => (JsonNode)Version(group, v))]),
        ["preferredVersion"] = Version(group, versions[0]),
    };

    private static JsonObject Version(string group, string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };
}
