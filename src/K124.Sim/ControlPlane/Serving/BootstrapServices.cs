using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The registrations of the versions that a server serves itself.</summary>
internal static class BootstrapServices
{
    // Groups with their priority and those of their versions; where versions are not named their rank is that of stable ones.
    private static readonly (string Group, int Priority, string Versions)[] Priorities =
    [
        ("", 18000, "v1=1"), ("apps", 17800, ""), ("events.k8s.io", 17750, "v1beta1=5"), ("authentication.k8s.io", 17700, ""),
        ("authorization.k8s.io", 17600, ""), ("autoscaling", 17500, "v2=30 v2beta1=9 v2beta2=1"), ("batch", 17400, "v1beta1=9"),
        ("certificates.k8s.io", 17300, ""), ("networking.k8s.io", 17200, ""), ("policy", 17100, "v1beta1=9"),
        ("rbac.authorization.k8s.io", 17000, ""), ("storage.k8s.io", 16800, "v1beta1=9"), ("apiextensions.k8s.io", 16700, ""),
        ("admissionregistration.k8s.io", 16700, ""), ("scheduling.k8s.io", 16600, ""), ("coordination.k8s.io", 16500, ""),
        ("node.k8s.io", 16300, "v1beta1=9"), ("discovery.k8s.io", 16200, "v1beta1=12"), ("flowcontrol.apiserver.k8s.io", 16100, "v1beta1=12"),
    ];

    private const int StableRank = 15;

    /// <summary>The registrations.</summary>
    /// <param name="served">What is served.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<JsonObject> All(IEnumerable<ResourceType> served, string now)
    {
        var versions = served.Select(static type => (type.Group, type.Version)).Distinct().ToArray();
        foreach (var (group, priority, ranks) in Priorities)
        {
            foreach (var (_, version) in versions.Where(item => item.Group == group))
            {
                yield return Registration(group, version, priority, RankOf(version, ranks), now);
            }
        }
    }

    private static int RankOf(string version, string ranks)
    {
        foreach (var rank in ranks.Split(' '))
        {
            if (rank.StartsWith(version + "=", StringComparison.Ordinal))
            {
                return int.Parse(rank[(version.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return StableRank;
    }

    private static JsonObject Registration(string group, string version, int priority, int rank, string now)
    {
        var spec = new JsonObject { ["version"] = version, ["groupPriorityMinimum"] = priority, ["versionPriority"] = rank };
        if (group.Length > 0)
        {
            spec["group"] = group;
        }

        return new()
        {
            ["apiVersion"] = "apiregistration.k8s.io/v1",
            ["kind"] = "APIService",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{version}.{group}",
                ["labels"] = new JsonObject { ["kube-aggregator.kubernetes.io/automanaged"] = "onstart" },
            },
            ["spec"] = spec,
            ["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(new JsonObject
                {
                    ["type"] = "Available",
                    ["status"] = "True",
                    ["lastTransitionTime"] = now,
                    ["reason"] = "Local",
                    ["message"] = "Local APIServices are always available",
                }),
            },
        };
    }
}
