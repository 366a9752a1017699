using System.Collections.Immutable;
using K124.Sim.ControlPlane;
using K124.Sim.Platform;

namespace K124.Sim.ApiServer;

/// <summary>How a cluster in memory is set up.</summary>
public sealed record ClusterOptions
{
    /// <summary>Time at which the cluster begins.</summary>
    public DateTimeOffset Start { get; init; } = new(2022, 5, 3, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Release, feature gates, and the seed of uids and generated names.</summary>
    public ClusterProfile Profile { get; init; } = ClusterProfile.Default;

    /// <summary>The clock that time is read from; null for one that stands still until it is advanced.</summary>
    public TimeProvider? RealTime { get; init; }

    /// <summary>Objects that are there from the start.</summary>
    /// <value>None by default, but for what a fresh server brings along.</value>
    public Cluster Cluster { get; init; } = Cluster.Empty;

    /// <summary>The components that run; null for a server without controllers. Start and profile are those of these options.</summary>
    /// <value>All of them by default.</value>
    public ControlPlaneOptions? ControlPlane { get; init; } = new();

    /// <summary>How much time may pass after each write until nothing is left to do, before the write is answered.</summary>
    /// <value>None by default: what is due at once is done, the rest when time is advanced.</value>
    public TimeSpan? SettleTime { get; init; }

    /// <summary>Token of the administrator.</summary>
    public string AdminToken { get; init; } = "admin";

    /// <summary>Further users, by bearer token.</summary>
    public ImmutableDictionary<string, ClusterUser> Users { get; init; } = ImmutableDictionary<string, ClusterUser>.Empty;

    /// <summary>Admission webhooks that can be reached, by the address that the server calls, without a query: the <c>url</c> of a
    /// configuration, or <c>https://NAME.NAMESPACE.svc:PORT/PATH</c> for a service.</summary>
    /// <value>Null by default: configured webhooks are not called, as if they agreed to everything. Otherwise those that are not
    /// among these are out of reach, and their failure policy decides.</value>
    public ImmutableDictionary<string, AdmissionWebhook>? Webhooks { get; init; }

    /// <summary>What goes wrong between clients and the cluster.</summary>
    /// <value>Nothing by default.</value>
    public FaultPlan? Faults { get; init; }

    /// <summary>Names of admission plugins that are off. The service account plugin is, by default: nobody makes accounts in a bare cluster.</summary>
    public ImmutableArray<string> DisabledAdmission { get; init; } = ["ServiceAccount"];
}

/// <summary>Somebody who talks to a cluster.</summary>
/// <param name="Name">Name.</param>
/// <param name="Groups">Groups.</param>
public sealed record ClusterUser(string Name, ImmutableArray<string> Groups);
