using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.ControlPlane;
using K124.Sim.ControlPlane.Serving;
using K124.Sim.ControlPlane.Serving.Webhooks;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Admission;
using K124.Sim.Manifests;

namespace K124.Sim.Conformance.ApiServer;

/// <summary>Recorded exchanges with an API server.</summary>
internal static class TranscriptCases
{
    private const string ServiceAccount = "ServiceAccount";
    private const string RbacGroup = "rbac.authorization.k8s.io";

    private static readonly DateTimeOffset Start = new(2022, 5, 3, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Cases that share a server, and symbols of their own each.</summary>
    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var server = testCase.File.Keep(() => Server(new()));
        return Run(testCase, new Transcript(server, new Symbols()));
    }

    /// <summary>Cases with a set-up of their own each.</summary>
    public static CaseOutcome VerifyVariant(RecordedCase testCase)
    {
        var setUp = testCase.Json.TryGetProperty("server", out var named) ? named.GetString() : "";
        var server = setUp switch
        {
            "serviceaccount-admission" => Server(new() { HasServiceAccountAdmission = true }),
            "watch-cache=false" => Server(new() { HasWatchCache = false }),
            _ => Server(new()),
        };
        return Run(testCase, new Transcript(server, new Symbols()));
    }

    /// <summary>Cases that go on one another: one server, one set of symbols.</summary>
    public static CaseOutcome VerifySession(RecordedCase testCase)
    {
        var session = testCase.File.Keep(() => new Session(testCase.File));
        session.Client.Begin(testCase.Json.TryGetProperty("command", out var command) ? command.GetString()! : "");
        return Run(testCase, session.Transcript);
    }

    // Neither program's own name for itself was recorded; the server takes managers from it.
    private static string UserAgentOf(string file) => file == "kubectl" ? "kubectl.1.32/v1.32.0" : "kubernetes-csharp/21.0.8";

    private static CaseOutcome Run(RecordedCase testCase, Transcript transcript)
    {
        var differences = new List<string>();
        var steps = (JsonArray)JsonNode.Parse(testCase.Json.GetProperty("steps").GetRawText())!;
        var expected = (JsonArray)JsonNode.Parse(testCase.Expect.GetProperty("steps").GetRawText())!;
        for (var i = 0; i < steps.Count; i++)
        {
            var step = (JsonObject)steps[i]!;
            foreach (var difference in transcript.Run(step, expected[i] as JsonObject ?? []))
            {
                differences.Add($"step {i} {step["op"]} {step["method"]} {step["path"] ?? step["watch"]}: {difference}");
            }
        }

        differences.AddRange(transcript.Finish().Select(static difference => $"watches: {difference}"));
        return CaseOutcome.Of(differences);
    }

    private static ApiServerCore Server(SetUp setUp)
    {
        var store = new ObjectStore { UtcNow = Start };
        var admission = AdmissionChain.Default.WithWebhooks(ImmutableDictionary<string, AdmissionWebhook>.Empty).Without(ServiceAccount);
        var server = new ApiServerCore(store, new()
        {
            Tokens = Users(),
            HasWatchCache = setUp.HasWatchCache,
            ReadYaml = ReadYaml,
            Admission = setUp.HasServiceAccountAdmission ? admission.With(OfDistribution, "TaintNodesByCondition") : admission,
        });
        foreach (var (plural, kind, content) in DistributionObjects())
        {
            content["apiVersion"] = $"{RbacGroup}/v1";
            content["kind"] = kind;
            content["metadata"] = new JsonObject { ["name"] = "distribution:issuer-discovery" };
            server.Install(RequestTarget.Of("POST", $"/apis/{RbacGroup}/v1/{plural}", new RequestQuery("")), content);
        }

        return server;
    }

    // The recorded server is a distribution's build: it mounts certificates of its own into pods, and lets everybody read about issuers.
    private static ServiceAccountPlugin OfDistribution { get; } = new(new ServiceAccountPlugin.Bundle("openshift-service-ca.crt", "service-ca.crt"));

    private static IEnumerable<(string Plural, string Kind, JsonObject Content)> DistributionObjects()
    {
        yield return ("clusterroles", "ClusterRole", new()
        {
            ["rules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("get"), ["nonResourceURLs"] = new JsonArray("/.well-known", "/.well-known/*") }),
        });
        yield return ("clusterrolebindings", "ClusterRoleBinding", new()
        {
            ["roleRef"] = new JsonObject { ["apiGroup"] = RbacGroup, ["kind"] = "ClusterRole", ["name"] = "distribution:issuer-discovery" },
            ["subjects"] = new JsonArray(new JsonObject { ["apiGroup"] = RbacGroup, ["kind"] = "Group", ["name"] = "system:authenticated" }),
        });
    }

    private static JsonNode? ReadYaml(ReadOnlyMemory<byte> body) =>
        YamlJson.TryConvert(Encoding.UTF8.GetString(body.Span), out var json, out var problem)
            ? json.Length == 0 ? null : JsonNode.Parse(json)
            : throw new FormatException($"yaml: {problem}");

    private static ImmutableDictionary<string, UserInfo> Users() => ImmutableDictionary<string, UserInfo>.Empty
        .Add("admin", UserInfo.Admin)
        .Add("alice", Alice)
        .Add("alicetoken", Alice)
        .Add("bob", new() { Name = "bob", Uid = "bob-uid" });

    private static UserInfo Alice { get; } = new() { Name = "alice", Uid = "alice-uid", Groups = ["devs"] };

    private sealed class Session
    {
        public Session(RecordedFile file)
        {
            var (server, symbols) = (Server(new()), new Symbols());
            Client = new(UserAgentOf(file.Stem)) { World = new(server, symbols, file.Lines) };
            Transcript = new(server, symbols, Client);
        }

        public SessionClient Client { get; }

        public Transcript Transcript { get; }
    }

    private sealed record SetUp
    {
        public bool HasWatchCache { get; init; } = true;

        public bool HasServiceAccountAdmission { get; init; }
    }
}
