using System.Collections.Immutable;
using System.Net.Http.Headers;
using K124.Sim.ControlPlane;
using K124.Sim.ControlPlane.Serving;
using K124.Sim.ControlPlane.Serving.Webhooks;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;

namespace K124.Sim.ApiServer;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>A Kubernetes 1.24 cluster in the memory of a test: clients reach it without a socket, and it can be forked.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private static readonly Uri Address = new("https://cluster.invalid/");
    private static readonly ControlPlaneOptions NoComponents = new() { KeepsTimeline = false };

    private readonly ClusterOptions _options;

    private TestCluster(ClusterHost host, ClusterOptions options)
    {
        Host = host;
        _options = options;
        Clock = new(host);
    }

    /// <summary>The cluster's time.</summary>
    public TestClock Clock { get; }

    internal ClusterHost Host { get; }

    /// <summary>Starts a cluster.</summary>
    /// <param name="options">How it is set up; null for the defaults.</param>
    /// <returns>The cluster, ready.</returns>
    public static Task<TestCluster> StartAsync(ClusterOptions? options = null)
    {
        options ??= new();
        return Task.FromResult(new TestCluster(NewHost(options), options));
    }

    /// <summary>A handler for a client of any kind: requests go to the cluster at once, with the administrator's token unless they carry one.</summary>
    /// <returns>The handler, to be put at the end of the client's chain.</returns>
    public DelegatingHandler CreateHandler() => new ClusterMessageHandler(Host, _options.AdminToken);

    /// <summary>A client that speaks to the cluster as its administrator.</summary>
    /// <returns>The client.</returns>
    public HttpClient CreateClient()
    {
        var client = new HttpClient(CreateHandler()) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _options.AdminToken);
        return client;
    }

    /// <summary>Lets everything happen until nothing is left to do: rollouts end, Jobs run, what is deleted goes.</summary>
    /// <param name="limit">The longest time of the cluster to let pass; null for an hour.</param>
    /// <param name="cancellationToken">Stops between two units of work.</param>
    /// <returns>Whether nothing is left to do.</returns>
    public Task<bool> SettleAsync(TimeSpan? limit = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(Host.Settle(limit ?? TimeSpan.FromHours(1), cancellationToken));

    /// <summary>A cluster of its own with the same content: neither side sees what happens on the other.</summary>
    /// <returns>The other cluster.</returns>
    public TestCluster Fork() => new(Host.Fork(), _options);

    /// <summary>Opens the cluster to programs such as kubectl, on a port of the loopback interface.</summary>
    /// <param name="options">How; null for any free port.</param>
    /// <returns>The listener, to be disposed of.</returns>
    public Task<ApiServerListener> ListenAsync(ListenOptions? options = null) => ApiServerListener.StartAsync(Host, options ?? new(), _options.AdminToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ClusterHost NewHost(ClusterOptions options)
    {
        var start = options.RealTime?.GetUtcNow() ?? options.Start;
        var plane = new ControlPlane(options.Cluster, (options.ControlPlane ?? NoComponents) with
        {
            Start = start,
            Profile = options.Profile,
            Admission = Plugins(options),
            DisabledAdmissionPlugins = options.DisabledAdmission,
            AssumesServiceAccounts = false,
        });
        return new(NewServer(plane.Store, options), options.ControlPlane is null ? null : plane, options.RealTime, options.SettleTime);
    }

    private static AdmissionChain Plugins(ClusterOptions options) =>
        options.Webhooks is { } webhooks ? AdmissionChain.Default.WithWebhooks(webhooks) : AdmissionChain.Default;

    private static ApiServerCore NewServer(ObjectStore store, ClusterOptions options)
    {
        var tokens = options.Users.ToImmutableDictionary(
            user => user.Key, user => new UserInfo { Name = user.Value.Name, Groups = user.Value.Groups }, StringComparer.Ordinal);
        return new(store, new()
        {
            Tokens = tokens.SetItem(options.AdminToken, UserInfo.Admin),
            Profile = options.Profile,
            Admission = Plugins(options).Without(options.DisabledAdmission.AsSpan()),
            Faults = options.Faults,
            ReadYaml = Yaml.Read,
            RunningComponents = options.ControlPlane is null ? [] : ["scheduler", "controller-manager"],
        });
    }
}
