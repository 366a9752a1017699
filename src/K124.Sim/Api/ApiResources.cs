using K124.Sim.Model;

namespace K124.Sim.Api;

/// <summary>Names of resources, as addresses and messages of the API server have them.</summary>
internal static class ApiResources
{
    /// <summary>The plural, for example <c>replicasets</c>.</summary>
    public static string PluralOf(string kind)
    {
        var name = kind.ToLowerInvariant();
        return name switch
        {
            "endpoints" => name,
            _ when name.EndsWith('y') => name[..^1] + "ies",
            _ when name.EndsWith('s') => name + "es",
            _ => name + "s",
        };
    }

    /// <summary>The plural with its group, for example <c>replicasets.apps</c>.</summary>
    public static string GroupResourceOf(string apiVersion, string kind)
    {
        var group = GroupOf(apiVersion);
        return group.Length == 0 ? PluralOf(kind) : $"{PluralOf(kind)}.{group}";
    }

    public static string GroupResourceOf(ApiKind kind) => GroupResourceOf(kind.ApiVersions[0], kind.Kind);

    /// <summary>The group of an API version; empty for the core group.</summary>
    public static string GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : apiVersion[..slash];
    }
}
