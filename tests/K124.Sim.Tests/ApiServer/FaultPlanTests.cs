using System.Text.Json.Nodes;
using K124.Sim.ApiServer;
using K124.Sim.ControlPlane;
using K124.Sim.ControlPlane.Serving;

namespace K124.Sim.Tests.ApiServer;

/// <summary>What goes wrong between clients and a cluster.</summary>
public sealed class FaultPlanTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private const string Map = """{"metadata":{"name":"x"}}""";

    [Fact]
    public async Task The_same_seed_goes_wrong_in_the_same_way()
    {
        var first = await CodesAsync(seed: 7);
        var again = await CodesAsync(seed: 7);
        var other = await CodesAsync(seed: 8);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Contains(500, first);
        Assert.Contains(200, first);
    }

    [Fact]
    public async Task A_fork_goes_wrong_as_its_origin_does()
    {
        await using var cluster = await StartAsync(new FaultRule(FaultKind.InternalError) { Probability = 0.5 });
        using var client = cluster.CreateClient();
        await GetAsync(client, 5);
        await using var fork = cluster.Fork();
        using var forked = fork.CreateClient();

        Assert.Equal(await GetAsync(client, 20), await GetAsync(forked, 20));
    }

    [Fact]
    public async Task An_update_loses_against_somebody_who_was_faster()
    {
        await using var cluster = await StartAsync(new FaultRule(FaultKind.Conflict) { AtMost = 1 });
        using var client = cluster.CreateClient();
        Assert.Equal(201, (await client.SendAsync("POST", Maps, Map)).Code);

        var refused = await client.SendAsync("PUT", Maps + "/x", Map);

        Assert.Equal((409, "Conflict"), (refused.Code, (string?)refused.Tree["reason"]));
        Assert.StartsWith("Operation cannot be fulfilled on configmaps \"x\": the object has been modified", refused.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await client.SendAsync("PUT", Maps + "/x", Map)).Code);
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_back()
    {
        await using var cluster = await StartAsync(new FaultRule(FaultKind.TooManyRequests) { Verbs = ["list"], RetryAfterSeconds = 3 });
        using var client = cluster.CreateClient();

        var refused = await client.SendAsync("GET", Maps);

        Assert.Equal((429, "3"), (refused.Code, refused.RetryAfter));
        Assert.Equal(404, (await client.SendAsync("GET", Maps + "/x")).Code);
    }

    [Theory]
    [InlineData(false, 404)]
    [InlineData(true, 200)]
    public async Task An_answer_may_be_lost_though_the_request_was_carried_out(bool isCarriedOut, int found)
    {
        await using var cluster = await StartAsync(new FaultRule(FaultKind.InternalError) { Verbs = ["create"], Resource = "configmaps", IsCarriedOut = isCarriedOut });
        using var client = cluster.CreateClient();

        Assert.Equal(500, (await client.SendAsync("POST", Maps, Map)).Code);
        Assert.Equal(found, (await client.SendAsync("GET", Maps + "/x")).Code);
    }

    [Fact]
    public async Task Time_of_the_cluster_passes_before_a_slow_request_is_handled()
    {
        await using var cluster = await StartAsync(new FaultRule(FaultKind.Latency) { Verbs = ["create"], Delay = TimeSpan.FromSeconds(90) });
        using var client = cluster.CreateClient();
        var before = cluster.Clock.GetUtcNow();

        var made = await client.SendAsync("POST", Maps, Map);

        Assert.Equal(before.AddSeconds(90), cluster.Clock.GetUtcNow());
        Assert.Equal(before.AddSeconds(90), DateTimeOffset.Parse((string)made.Tree["metadata"]!["creationTimestamp"]!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_watch_is_dropped_after_some_events()
    {
        var server = Server(new FaultRule(FaultKind.DroppedWatch) { MostEvents = 0 });
        var watch = Watch(server, "watch=1");
        Create(server, "x");

        Assert.False(watch.TryRead(out _));
        Assert.True(watch.IsClosed);
    }

    [Fact]
    public void Who_goes_on_from_before_a_compaction_has_to_list_again()
    {
        var server = Server(new FaultRule(FaultKind.Compaction) { Verbs = ["watch"] });
        var version = (string)Create(server, "x")["metadata"]!["resourceVersion"]!;
        Create(server, "y");

        Assert.True(Watch(server, "watch=1&resourceVersion=" + version).TryRead(out var item));

        Assert.Equal("ERROR", (string?)item["type"]);
        Assert.Equal(410, (int?)item["object"]!["code"]);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void Bookmarks_may_come_twice(bool isSpoiled, int count)
    {
        var server = isSpoiled ? Server(new FaultRule(FaultKind.DuplicateBookmark)) : Server();
        var watch = Watch(server, "watch=1&allowWatchBookmarks=true&timeoutSeconds=20");
        Create(server, "x");
        server.Store.UtcNow += TimeSpan.FromSeconds(19);
        var types = new List<string>();
        while (watch.TryRead(out var item))
        {
            types.Add((string)item["type"]!);
        }

        Assert.Equal(["ADDED", .. Enumerable.Repeat("BOOKMARK", count)], types);
    }

    private static Task<TestCluster> StartAsync(params FaultRule[] rules) =>
        TestCluster.StartAsync(new() { ControlPlane = null, Faults = new() { Rules = [.. rules] } });

    private static async Task<List<int>> CodesAsync(ulong seed)
    {
        var rule = new FaultRule(FaultKind.InternalError) { Probability = 0.3 };
        await using var cluster = await TestCluster.StartAsync(new() { ControlPlane = null, Faults = new() { Seed = seed, Rules = [rule] } });
        using var client = cluster.CreateClient();
        return await GetAsync(client, 40);
    }

    private static async Task<List<int>> GetAsync(HttpClient client, int times)
    {
        var codes = new List<int>();
        for (var i = 0; i < times; i++)
        {
            codes.Add((await client.SendAsync("GET", Maps)).Code);
        }

        return codes;
    }

    private static ApiServerCore Server(params FaultRule[] rules) => new(new ObjectStore(), new() { Faults = new() { Rules = [.. rules] } });

    private static ApiResponse Send(ApiServerCore server, string method, string query, string body) => server.Handle(new()
    {
        Method = method,
        Path = Maps,
        Query = query,
        Headers = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("authorization", "Bearer admin"),
        Body = System.Text.Encoding.UTF8.GetBytes(body),
    });

    private static WatchStream Watch(ApiServerCore server, string query) => Send(server, "GET", query, "").Watch!;

    private static JsonNode Create(ApiServerCore server, string name) =>
        JsonNode.Parse(Send(server, "POST", "", $$$"""{"metadata":{"name":"{{{name}}}"}}""").Body.Span)!;
}
