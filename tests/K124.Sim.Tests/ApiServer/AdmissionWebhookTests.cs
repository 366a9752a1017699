using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.ApiServer;
using K124.Sim.ControlPlane;

namespace K124.Sim.Tests.ApiServer;

/// <summary>Admission webhooks that run in the process of the test.</summary>
public sealed class AdmissionWebhookTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private const string Url = "https://hooks.example.com/a";
    private const string OtherUrl = "https://hooks.example.com/b";

    [Fact]
    public async Task A_webhook_changes_an_object_and_sees_the_whole_request()
    {
        WebhookCall? seen = null;
        await using var cluster = await StartAsync((Url, call =>
        {
            seen = call;
            return call.Patch(AddLabel("from", "webhook"));
        }
        ));
        using var client = cluster.CreateClient();
        await ConfigureAsync(client, "Mutating", "m", Hook("a.example.com", Url));

        var made = await client.SendAsync("POST", Maps, """{"metadata":{"name":"x","labels":{"own":"1"}},"data":{"k":"v"}}""");

        Assert.Equal(201, made.Code);
        Assert.Equal("webhook", (string?)made.Tree["metadata"]!["labels"]!["from"]);
        Assert.Equal("1", (string?)made.Tree["metadata"]!["labels"]!["own"]);
        Assert.Equal(TimeSpan.FromSeconds(10), seen!.Timeout);
        var request = seen.Request;
        Assert.Equal("admission.k8s.io/v1", (string?)seen.Review["apiVersion"]);
        Assert.Equal("CREATE", (string?)request["operation"]);
        Assert.Equal("""{"group":"","version":"v1","resource":"configmaps"}""", request["resource"]!.ToJsonString());
        Assert.Equal("""{"group":"","version":"v1","kind":"ConfigMap"}""", request["requestKind"]!.ToJsonString());
        Assert.Equal(("x", "default", "admin"), ((string?)request["name"], (string?)request["namespace"], (string?)request["userInfo"]!["username"]));
        Assert.Equal("v", (string?)seen.Object!["data"]!["k"]);
        Assert.Null(request["oldObject"]);
        Assert.NotEmpty((string?)request["uid"] ?? "");
    }

    [Fact]
    public async Task A_webhook_behind_a_service_is_known_by_the_address_of_the_service()
    {
        await using var cluster = await StartAsync(("https://hook.system.svc:443/check", call => call.Deny("no")));
        using var client = cluster.CreateClient();
        await ConfigureAsync(client, "Validating", "v", Hook("a.example.com", """{"service":{"name":"hook","namespace":"system","path":"/check"}}"""));

        Assert.Equal("admission webhook \"a.example.com\" denied the request: no", (await client.SendAsync("POST", Maps, Map("x"))).Message);
    }

    [Fact]
    public async Task A_webhook_that_asks_for_it_is_called_again_after_another_changed_the_object()
    {
        var calls = new List<string>();
        await using var cluster = await StartAsync(
            (Url, call =>
            {
                calls.Add("a:" + (string?)call.Object!["metadata"]!["labels"]?["b"]);
                return call.Patch(AddLabel("a", "1"));
            }
        ),
            (OtherUrl, call =>
            {
                calls.Add("b");
                return call.Patch(AddLabel("b", "2"));
            }
        ));
        using var client = cluster.CreateClient();
        await ConfigureAsync(client, "Mutating", "second", Hook("b.example.com", OtherUrl));
        await ConfigureAsync(client, "Mutating", "first", Hook("a.example.com", Url, "\"reinvocationPolicy\":\"IfNeeded\""));

        await client.SendAsync("POST", Maps, """{"metadata":{"name":"x","labels":{"own":"1"}}}""");

        Assert.Equal(["a:", "b", "a:2"], calls);
    }

    [Theory]
    [InlineData("""{"allowed":false,"status":{"message":"not today","code":403}}""", 403, "admission webhook \"a.example.com\" denied the request: not today")]
    [InlineData("""{"allowed":false,"status":{"reason":"Busy","code":200}}""", 400, "admission webhook \"a.example.com\" denied the request: Busy")]
    [InlineData("""{"allowed":false}""", 400, "admission webhook \"a.example.com\" denied the request without explanation")]
    [InlineData("""{"allowed":true,"patch":"W10=","patchType":"JSONPatch"}""", 500, "Internal error occurred: failed calling webhook \"a.example.com\": received invalid webhook response: validating webhook may not return response.patch")]
    [InlineData("""{"allowed":true,"uid":"other"}""", 500, "Internal error occurred: failed calling webhook \"a.example.com\": received invalid webhook response: expected response.uid=\"UID\", got \"other\"")]
    [InlineData("", 500, "Internal error occurred: failed calling webhook \"a.example.com\": received invalid webhook response: webhook response was absent")]
    public async Task What_a_webhook_answers_is_read_as_1_24_reads_it(string response, int code, string message)
    {
        var uid = "";
        await using var cluster = await StartAsync((Url, call =>
        {
            uid = (string)call.Request["uid"]!;
            var answer = new JsonObject { ["kind"] = "AdmissionReview", ["apiVersion"] = "admission.k8s.io/v1" };
            if (response.Length > 0)
            {
                var members = JsonNode.Parse(response)!.AsObject();
                members.TryAdd("uid", uid);
                answer["response"] = members;
            }

            return new() { Review = answer };
        }
        ));
        using var client = cluster.CreateClient();
        await ConfigureAsync(client, "Validating", "v", Hook("a.example.com", Url));

        var refused = await client.SendAsync("POST", Maps, Map("x"));

        Assert.Equal((code, message.Replace("UID", uid, StringComparison.Ordinal)), (refused.Code, refused.Message));
        Assert.Equal(404, (await client.SendAsync("GET", Maps + "/x")).Code);
    }

    [Theory]
    [InlineData("Fail", "Internal error occurred: failed calling webhook \"a.example.com\": failed to call webhook: Post \"https://hooks.example.com/a?timeout=2s\": context deadline exceeded")]
    [InlineData("Ignore", "")]
    public async Task A_webhook_that_takes_too_long_has_failed(string policy, string message)
    {
        await using var cluster = await StartAsync((Url, call => call.Deny("too late") with { Latency = TimeSpan.FromSeconds(3) }));
        using var client = cluster.CreateClient();
        await ConfigureAsync(client, "Validating", "v", Hook("a.example.com", Url, $"\"timeoutSeconds\":2,\"failurePolicy\":\"{policy}\""));

        Assert.Equal(message, (await client.SendAsync("POST", Maps, Map("x"))).Message);
    }

    [Fact]
    public async Task A_webhook_that_is_not_there_is_out_of_reach_only_where_some_are_called()
    {
        const string Failure = "Internal error occurred: failed calling webhook \"a.example.com\": failed to call webhook: "
            + "Post \"https://hooks.example.com/a?timeout=10s\": dial tcp: lookup hooks.example.com: no such host";
        await using var calling = await StartAsync();
        await using var plain = await TestCluster.StartAsync(new() { ControlPlane = null });
        foreach (var (cluster, message) in new[] { (calling, Failure), (plain, "") })
        {
            using var client = cluster.CreateClient();
            await ConfigureAsync(client, "Mutating", "m", Hook("a.example.com", Url));
            Assert.Equal(message, (await client.SendAsync("POST", Maps, Map("x"))).Message);
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("\"objectSelector\":{\"matchLabels\":{\"own\":\"1\"}}", true)]
    [InlineData("\"objectSelector\":{\"matchLabels\":{\"own\":\"2\"}}", false)]
    [InlineData("\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"default\"}}", true)]
    [InlineData("\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"other\"}}", false)]
    public async Task Selectors_tell_which_requests_a_webhook_sees(string members, bool isCalled)
    {
        await using var cluster = await StartAsync((Url, call => call.Allow("seen")));
        using var client = cluster.CreateClient();
        await ConfigureAsync(client, "Validating", "v", Hook("a.example.com", Url, members));

        var made = await client.SendAsync("POST", Maps, """{"metadata":{"name":"x","labels":{"own":"1"}}}""");

        Assert.Equal((201, isCalled ? "299 - \"seen\"" : ""), (made.Code, made.Warnings));
    }

    [Theory]
    [InlineData("*", "*", true)]
    [InlineData("*", "Namespaced", true)]
    [InlineData("*", "Cluster", false)]
    [InlineData("secrets", "*", false)]
    [InlineData("configmaps/status", "*", false)]
    [InlineData("*/*", "*", true)]
    public async Task Rules_tell_which_requests_a_webhook_sees(string resources, string scope, bool isCalled)
    {
        await using var cluster = await StartAsync((Url, call => call.Deny("no")));
        using var client = cluster.CreateClient();
        await ConfigureAsync(client, "Validating", "v", Hook("a.example.com", Url, rules: Rule("*", "*", "*", resources, scope)));

        Assert.Equal(isCalled ? 403 : 201, (await client.SendAsync("POST", Maps, Map("x"))).Code);
    }

    [Theory]
    [InlineData("Equivalent", "v1")]
    [InlineData("Exact", "")]
    public async Task A_rule_for_another_version_is_for_requests_in_all_unless_it_is_exact(string policy, string version)
    {
        var seen = "";
        await using var cluster = await StartAsync((Url, call =>
        {
            seen = $"{(string?)call.Request["resource"]!["version"]}";
            Assert.Equal("v2", (string?)call.Request["requestResource"]!["version"]);
            Assert.Equal("autoscaling/v1", (string?)call.Object!["apiVersion"]);
            Assert.Equal(70, (long?)call.Object["spec"]!["targetCPUUtilizationPercentage"]);
            return call.Patch([new JsonObject { ["op"] = "replace", ["path"] = "/spec/maxReplicas", ["value"] = 7 }]);
        }
        ));
        using var client = cluster.CreateClient();
        await ConfigureAsync(
            client, "Mutating", "m", Hook("a.example.com", Url, $"\"matchPolicy\":\"{policy}\"", Rule("*", "autoscaling", "v1", "horizontalpodautoscalers")));

        var made = await client.SendAsync(
            "POST", "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
            """
            {"metadata":{"name":"x"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"d","apiVersion":"apps/v1"},"maxReplicas":3,
             "metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}]}}
            """);

        Assert.Equal((201, version), (made.Code, seen));
        Assert.Equal(version.Length > 0 ? 7 : 3, (int?)made.Tree["spec"]!["maxReplicas"]);
        Assert.Equal("cpu", (string?)made.Tree["spec"]!["metrics"]![0]!["resource"]!["name"]);
    }

    [Fact]
    public async Task A_dry_run_tells_the_webhook_that_it_is_one()
    {
        var isDryRun = false;
        await using var cluster = await StartAsync((Url, call =>
        {
            isDryRun = (bool)call.Request["dryRun"]!;
            return call.Allow();
        }
        ));
        using var client = cluster.CreateClient();
        await ConfigureAsync(client, "Validating", "v", Hook("a.example.com", Url));

        Assert.Equal(201, (await client.SendAsync("POST", Maps + "?dryRun=All", Map("x"))).Code);
        Assert.True(isDryRun);
    }

    [Fact]
    public async Task A_deletion_shows_what_is_deleted()
    {
        await using var cluster = await StartAsync((Url, call => (string?)call.Request["operation"] == "DELETE"
            ? call.Deny($"{(string?)call.Request["oldObject"]!["data"]!["k"]} stays")
            : call.Allow()));
        using var client = cluster.CreateClient();
        await ConfigureAsync(client, "Validating", "v", Hook("a.example.com", Url));
        await client.SendAsync("POST", Maps, """{"metadata":{"name":"x"},"data":{"k":"v"}}""");

        var refused = await client.SendAsync("DELETE", Maps + "/x");

        Assert.Equal((403, "admission webhook \"a.example.com\" denied the request: v stays"), (refused.Code, refused.Message));
        Assert.Equal(200, (await client.SendAsync("GET", Maps + "/x")).Code);
    }

    [Fact]
    public async Task Pods_that_controllers_make_pass_webhooks_too()
    {
        var webhooks = Webhooks((Url, call => call.Patch(AddLabel("sidecar", "yes"))));
        await using var cluster = await TestCluster.StartAsync(new() { Webhooks = webhooks, SettleTime = TimeSpan.FromMinutes(1) });
        using var client = cluster.CreateClient();
        await ConfigureAsync(client, "Mutating", "m", Hook("a.example.com", Url, rules: Rule("CREATE", "", "v1", "pods")));

        await client.SendAsync(
            "POST", "/apis/apps/v1/namespaces/default/deployments",
            """
            {"metadata":{"name":"d"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"a"}},
             "template":{"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);

        var pods = (await client.SendAsync("GET", "/api/v1/namespaces/default/pods?labelSelector=sidecar%3Dyes")).Tree["items"]!.AsArray();
        Assert.Equal(2, pods.Count);
    }

    private static ImmutableDictionary<string, AdmissionWebhook> Webhooks(params (string Url, AdmissionWebhook Webhook)[] webhooks) =>
        webhooks.ToImmutableDictionary(pair => pair.Url, pair => pair.Webhook, StringComparer.Ordinal);

    private static Task<TestCluster> StartAsync(params (string Url, AdmissionWebhook Webhook)[] webhooks) =>
        TestCluster.StartAsync(new() { ControlPlane = null, Webhooks = Webhooks(webhooks) });

    private static string Map(string name) => $$$"""{"metadata":{"name":"{{{name}}}"}}""";

    private static JsonArray AddLabel(string key, string value) =>
        [new JsonObject { ["op"] = "add", ["path"] = $"/metadata/labels/{key}", ["value"] = value }];

    private static string Rule(string operation, string group, string version, string resources, string scope = "*") =>
        $$"""[{"operations":["{{operation}}"],"apiGroups":["{{group}}"],"apiVersions":["{{version}}"],"resources":["{{resources}}"],"scope":"{{scope}}"}]""";

    private static string Hook(string name, string client, string members = "", string? rules = null)
    {
        var config = client.StartsWith('{') ? client : $$"""{"url":"{{client}}"}""";
        return $$"""
            {"name":"{{name}}","clientConfig":{{config}},"rules":{{rules ?? Rule("*", "", "v1", "configmaps")}},"sideEffects":"None","admissionReviewVersions":["v1"]
            {{(members.Length > 0 ? "," + members : "")}}}
            """;
    }

    private static async Task ConfigureAsync(HttpClient client, string kind, string name, string hook)
    {
        var made = await client.SendAsync(
            "POST", $"/apis/admissionregistration.k8s.io/v1/{kind.ToLowerInvariant()}webhookconfigurations",
            $$"""{"metadata":{"name":"{{name}}"},"webhooks":[{{hook}}]}""");
        Assert.Equal((201, ""), (made.Code, made.Message));
    }
}
