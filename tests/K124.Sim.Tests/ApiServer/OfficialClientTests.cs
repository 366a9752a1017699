using System.Net;
using K124.Sim.ApiServer;
using K124.Sim.Tests.ControlPlane;
using k8s;
using k8s.Autorest;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using k8s.Models;

namespace K124.Sim.Tests.ApiServer;

/// <summary>The official C# client against a cluster in memory, without a socket and over a port.</summary>
public sealed class OfficialClientTests
{
    public enum Way
    {
        InProcess,
        OverHttp,
    }

    [Theory]
    [InlineData(Way.InProcess)]
    [InlineData(Way.OverHttp)]
    public async Task Typed_objects_live_and_die(Way way)
    {
        await using var world = await World.StartAsync(way);
        var client = world.Client;
        var made = await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a", "1"), "default");
        Assert.Equal("default", made.Namespace());
        Assert.NotEmpty(made.Uid());

        made.Data["k"] = "2";
        var changed = await client.CoreV1.ReplaceNamespacedConfigMapAsync(made, "a", "default");
        Assert.NotEqual(made.ResourceVersion(), changed.ResourceVersion());
        var stale = await Assert.ThrowsAsync<HttpOperationException>(() => client.CoreV1.ReplaceNamespacedConfigMapAsync(made, "a", "default"));
        Assert.Equal(HttpStatusCode.Conflict, stale.Response.StatusCode);

        var listed = await client.CoreV1.ListNamespacedConfigMapAsync("default", fieldSelector: "metadata.name=a");
        Assert.Equal("2", Assert.Single(listed.Items).Data["k"]);
        await client.CoreV1.DeleteNamespacedConfigMapAsync("a", "default");
        var gone = await Assert.ThrowsAsync<HttpOperationException>(() => client.CoreV1.ReadNamespacedConfigMapAsync("a", "default"));
        Assert.Equal(HttpStatusCode.NotFound, gone.Response.StatusCode);
    }

    [Theory]
    [InlineData(Way.InProcess)]
    [InlineData(Way.OverHttp)]
    public async Task Generic_objects_are_listed_and_patched(Way way)
    {
        await using var world = await World.StartAsync(way);
        using var generic = new GenericClient(world.Client, "", "v1", "configmaps", disposeClient: false);
        await generic.CreateNamespacedAsync(Map("a", "1"), "default");
        var patch = new V1Patch("""[{"op":"replace","path":"/data/k","value":"3"}]""", V1Patch.PatchType.JsonPatch);
        var patched = await generic.PatchNamespacedAsync<V1ConfigMap>(patch, "default", "a");
        Assert.Equal("3", patched.Data["k"]);
        var merged = await world.Client.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch("""{"data":{"k":"4"}}""", V1Patch.PatchType.MergePatch), "a", "default");
        Assert.Equal("4", merged.Data["k"]);
        var applied = await world.Client.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch("""{"apiVersion":"v1","kind":"ConfigMap","data":{"j":"5"}}""", V1Patch.PatchType.ApplyPatch), "a", "default", fieldManager: "m", force: true);
        Assert.Contains(applied.Metadata.ManagedFields, entry => entry is { Manager: "m", Operation: "Apply" });
        var list = await generic.ListNamespacedAsync<V1ConfigMapList>("default");
        Assert.Equal(["a", "kube-root-ca.crt"], list.Items.Select(static item => item.Name()));
    }

    [Theory]
    [InlineData(Way.InProcess)]
    [InlineData(Way.OverHttp)]
    public async Task Watches_tell_what_happens_and_end_in_time(Way way)
    {
        await using var world = await World.StartAsync(way);
        var client = world.Client;
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a", "1"), "default");
        var seen = new List<string>();
        var reading = Task.Run(async () =>
        {
            await foreach (var (type, item) in client.CoreV1.WatchListNamespacedConfigMapAsync("default", fieldSelector: "metadata.name!=kube-root-ca.crt", timeoutSeconds: 60))
            {
                seen.Add($"{type} {item.Name()}");
            }
        });
        await Until(() => seen.Count == 1);
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("b", "1"), "default");
        await client.CoreV1.DeleteNamespacedConfigMapAsync("a", "default");
        await Until(() => seen.Count == 3);
        world.Cluster.Clock.Advance(TimeSpan.FromSeconds(61));
        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["Added a", "Added b", "Deleted a"], seen);
    }

    [Theory]
    [InlineData(Way.InProcess)]
    [InlineData(Way.OverHttp)]
    public async Task A_watch_that_broke_off_goes_on_where_it_was(Way way)
    {
        await using var world = await World.StartAsync(way);
        var client = world.Client;
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a", "1"), "default");
        var listed = await client.CoreV1.ListNamespacedConfigMapAsync("default");
        var (seen, version) = (new List<string>(), listed.ResourceVersion());
        for (var round = 0; round < 3; round++)
        {
            // What happens while nobody watches is told afterwards, and nothing twice.
            await client.CoreV1.CreateNamespacedConfigMapAsync(Map($"b{round}", "1"), "default");
            using var stop = new CancellationTokenSource();
            await foreach (var (type, item) in client.CoreV1.WatchListNamespacedConfigMapAsync(
                "default", resourceVersion: version, allowWatchBookmarks: true, cancellationToken: stop.Token))
            {
                seen.Add($"{type} {item.Name()}");
                version = item.ResourceVersion();
                break;
            }
        }

        Assert.Equal(["Added b0", "Added b1", "Added b2"], seen);
    }

    [Theory]
    [InlineData(Way.InProcess)]
    [InlineData(Way.OverHttp)]
    public async Task Appliers_own_what_they_applied(Way way)
    {
        await using var world = await World.StartAsync(way);
        var client = world.Client;
        await Apply(client, """{"apiVersion":"v1","kind":"ConfigMap","data":{"k":"1"}}""", "first", force: false);
        var refused = await Assert.ThrowsAsync<HttpOperationException>(
            () => Apply(client, """{"apiVersion":"v1","kind":"ConfigMap","data":{"k":"2"}}""", "second", force: false));
        Assert.Equal(HttpStatusCode.Conflict, refused.Response.StatusCode);
        Assert.Contains("conflict with \"first\": .data.k", KubernetesJson.Deserialize<V1Status>(refused.Response.Content).Message, StringComparison.Ordinal);
        var taken = await Apply(client, """{"apiVersion":"v1","kind":"ConfigMap","data":{"k":"2"}}""", "second", force: true);
        Assert.Equal("2", taken.Data["k"]);
        Assert.Equal(["second"], taken.Metadata.ManagedFields.Where(entry => entry.Operation == "Apply").Select(entry => entry.Manager));
        var strategic = await client.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch("""{"metadata":{"labels":{"x":"y"}}}""", V1Patch.PatchType.StrategicMergePatch), "a", "default");
        Assert.Equal("y", strategic.Metadata.Labels["x"]);
    }

    [Theory]
    [InlineData(Way.InProcess)]
    [InlineData(Way.OverHttp)]
    public async Task Custom_resources_are_served_once_they_are_defined(Way way)
    {
        await using var world = await World.StartAsync(way);
        await world.Client.ApiextensionsV1.CreateCustomResourceDefinitionAsync(new()
        {
            Metadata = new() { Name = "gears.example.com" },
            Spec = new()
            {
                Group = "example.com",
                Scope = "Namespaced",
                Names = new() { Plural = "gears", Kind = "Gear" },
                Versions =
                [
                    new()
                    {
                        Name = "v1",
                        Served = true,
                        Storage = true,
                        Schema = new() { OpenAPIV3Schema = new() { Type = "object", XKubernetesPreserveUnknownFields = true } },
                    },
                ],
            },
        });
        using var gears = new GenericClient(world.Client, "example.com", "v1", "gears", disposeClient: false);
        await gears.CreateNamespacedAsync(new Gear { Metadata = new() { Name = "g" }, Teeth = 7 }, "default");
        var patched = await gears.PatchNamespacedAsync<Gear>(new V1Patch("""{"teeth":8}""", V1Patch.PatchType.MergePatch), "default", "g");
        Assert.Equal(8, patched.Teeth);
        Assert.Equal(8, (await gears.ReadNamespacedAsync<Gear>("default", "g")).Teeth);
        await gears.DeleteNamespacedAsync<V1Status>("default", "g");
    }

    [Fact]
    public async Task Deployments_roll_out_through_the_typed_client()
    {
        await using var cluster = await TestCluster.StartAsync(new() { Cluster = LivingCluster.Of(1), SettleTime = TimeSpan.FromMinutes(10) });
        using var client = World.ClientOf(cluster);
        await client.AppsV1.CreateNamespacedDeploymentAsync(
            new()
            {
                Metadata = new() { Name = "web" },
                Spec = new()
                {
                    Replicas = 2,
                    Selector = new() { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } },
                    Template = new()
                    {
                        Metadata = new() { Labels = new Dictionary<string, string> { ["app"] = "web" } },
                        Spec = new() { Containers = [new() { Name = "c", Image = "app:1" }] },
                    },
                },
            },
            "default");
        Assert.Equal(2, (await client.AppsV1.ReadNamespacedDeploymentStatusAsync("web", "default")).Status.AvailableReplicas);
        var scale = await client.AppsV1.ReadNamespacedDeploymentScaleAsync("web", "default");
        scale.Spec.Replicas = 3;
        await client.AppsV1.ReplaceNamespacedDeploymentScaleAsync(scale, "web", "default");
        Assert.Equal(3, (await client.CoreV1.ListNamespacedPodAsync("default", labelSelector: "app=web")).Items.Count);
    }

    [Theory]
    [InlineData(Way.InProcess)]
    [InlineData(Way.OverHttp)]
    public async Task Who_waits_leads_when_the_leader_lets_go(Way way)
    {
        await using var world = await World.StartAsync(way);
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        using var first = Elector(world.Client, "first");
        using var second = Elector(world.Client, "second");
        var (firstLeads, secondLeads) = (new TaskCompletionSource(), new TaskCompletionSource());
        first.OnStartedLeading += () => firstLeads.TrySetResult();
        second.OnStartedLeading += () => secondLeads.TrySetResult();
        var running = first.RunUntilLeadershipLostAsync(stopFirst.Token);
        await firstLeads.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var waiting = second.RunUntilLeadershipLostAsync(stopSecond.Token);
        await Task.Delay(300);
        Assert.False(secondLeads.Task.IsCompleted);
        await stopFirst.CancelAsync();
        await EndOf(running);
        await secondLeads.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("second", (await world.Client.CoordinationV1.ReadNamespacedLeaseAsync("lock", "default")).Spec.HolderIdentity);
        await stopSecond.CancelAsync();
        await EndOf(waiting);
    }

    [Fact]
    public async Task A_leader_is_elected()
    {
        await using var world = await World.StartAsync(Way.InProcess);
        using var elector = Elector(world.Client, "me");
        using var stop = new CancellationTokenSource();
        var leads = new TaskCompletionSource();
        elector.OnStartedLeading += leads.SetResult;
        var running = elector.RunUntilLeadershipLostAsync(stop.Token);
        await leads.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var lease = await world.Client.CoordinationV1.ReadNamespacedLeaseAsync("lock", "default");
        Assert.Equal("me", lease.Spec.HolderIdentity);
        await stop.CancelAsync();
        await EndOf(running);
    }

    [Fact]
    public async Task A_fork_goes_its_own_way()
    {
        await using var world = await World.StartAsync(Way.InProcess);
        await world.Client.CoreV1.CreateNamespacedConfigMapAsync(Map("a", "1"), "default");
        await using var fork = world.Cluster.Fork();
        using var other = World.ClientOf(fork);
        await other.CoreV1.DeleteNamespacedConfigMapAsync("a", "default");
        Assert.Equal("1", (await world.Client.CoreV1.ReadNamespacedConfigMapAsync("a", "default")).Data["k"]);
        Assert.DoesNotContain((await other.CoreV1.ListNamespacedConfigMapAsync("default")).Items, static item => item.Name() == "a");
    }

    private static async Task EndOf(Task running)
    {
        try
        {
            await running.WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (OperationCanceledException)
        {
            // An elector that is told to stop may end this way, too.
        }
    }

    private static LeaderElector Elector(IKubernetes client, string name) => new(new LeaderElectionConfig(new LeaseLock(client, "default", "lock", name))
    {
        LeaseDuration = TimeSpan.FromSeconds(2),
        RenewDeadline = TimeSpan.FromSeconds(1),
        RetryPeriod = TimeSpan.FromMilliseconds(100),
    });

    private static Task<V1ConfigMap> Apply(IKubernetes client, string body, string manager, bool force) =>
        client.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch(body, V1Patch.PatchType.ApplyPatch), "a", "default", fieldManager: manager, force: force);

    private static V1ConfigMap Map(string name, string value) =>
        new() { Metadata = new() { Name = name }, Data = new Dictionary<string, string> { ["k"] = value } };

    private static async Task Until(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 2000, "it did not come to that");
            await Task.Delay(10);
        }
    }

    private sealed class Gear : IKubernetesObject<V1ObjectMeta>
    {
        public string ApiVersion { get; set; } = "example.com/v1";

        public string Kind { get; set; } = "Gear";

        public V1ObjectMeta Metadata { get; set; } = new();

        public int Teeth { get; set; }
    }

    private sealed class World : IAsyncDisposable
    {
        public required TestCluster Cluster { get; init; }

        public required Kubernetes Client { get; init; }

        private ApiServerListener? Listener { get; init; }

        public static async Task<World> StartAsync(Way way)
        {
            var cluster = await TestCluster.StartAsync();
            if (way == Way.InProcess)
            {
                return new() { Cluster = cluster, Client = ClientOf(cluster) };
            }

            var listener = await cluster.ListenAsync();
            using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(listener.Kubeconfig("admin")));
            var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(file);
            return new() { Cluster = cluster, Client = new(config), Listener = listener };
        }

        public static Kubernetes ClientOf(TestCluster cluster) =>
            new(new KubernetesClientConfiguration { Host = "http://cluster.invalid" }, cluster.CreateHandler());

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            if (Listener is not null)
            {
                await Listener.DisposeAsync();
            }

            await Cluster.DisposeAsync();
        }
    }
}
