using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;
using K124.Sim.Platform;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>How a server is set up.</summary>
internal sealed record ApiServerOptions
{
    /// <summary>Users by bearer token.</summary>
    public ImmutableDictionary<string, UserInfo> Tokens { get; init; } =
        ImmutableDictionary<string, UserInfo>.Empty.Add("admin", UserInfo.Admin);

    /// <summary>Feature gates, and the seed of uids and generated names.</summary>
    public ClusterProfile Profile { get; init; } = ClusterProfile.Default;

    /// <summary>The admission plugins.</summary>
    public AdmissionChain Admission { get; init; } = AdmissionChain.Default;

    /// <summary>What goes wrong between clients and the server; null if nothing does.</summary>
    public FaultPlan? Faults { get; init; }

    /// <summary>Whether lists and watches come from a cache, as they do by default.</summary>
    public bool HasWatchCache { get; init; } = true;

    /// <summary>Reads YAML; null if the server takes JSON alone. Throws <see cref="FormatException"/> with Go's words if it cannot be read.</summary>
    public Func<ReadOnlyMemory<byte>, JsonNode?>? ReadYaml { get; init; }

    /// <summary>Whether access is by the rules in RBAC objects; otherwise everybody who is known may do everything.</summary>
    public bool UsesRbac { get; init; } = true;

    /// <summary>Which of the components <c>scheduler</c> and <c>controller-manager</c> run beside the server.</summary>
    public ImmutableArray<string> RunningComponents { get; init; } = [];

    /// <summary>Service addresses.</summary>
    public string ServiceRange { get; init; } = "10.0.0.0/24";
}
