using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.ControlPlane;
using K124.Sim.ControlPlane.Serving;
using K124.Sim.Kinds;
using K124.Sim.Manifests;

namespace K124.Sim.Conformance.ApiServer;

/// <summary>Recorded exchanges with an API server.</summary>
internal static class TranscriptCases
{
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
        var session = testCase.File.Keep(() => new Session(UserAgentOf(testCase.File.Stem)));
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

        return CaseOutcome.Of(differences);
    }

    private static ApiServerCore Server(SetUp setUp)
    {
        var store = new ObjectStore { UtcNow = Start };
        var admission = K124.Sim.Kinds.Admission.AdmissionChain.DefaultWithWebhooks;
        return new(store, new()
        {
            Tokens = Users(),
            HasWatchCache = setUp.HasWatchCache,
            ReadYaml = ReadYaml,
            Admission = setUp.HasServiceAccountAdmission ? admission : admission.Without("ServiceAccount"),
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
        public Session(string userAgent)
        {
            Client = new(userAgent);
            Transcript = new(Server(new()), new Symbols(), Client);
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
