using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Platform.Credentials;
using K124.Sim.Text;

namespace K124.Sim.Conformance.Platform;

/// <summary>Credentials for pulls: matching, configuration, names, keyrings, secrets and the cache of providers.</summary>
internal static class CredentialCases
{
    private const string DefaultApiVersion = "credentialprovider.kubelet.k8s.io/v1beta1";

    public static CaseOutcome Verify(RecordedCase testCase)
    {
        var json = testCase.Json;
        return CaseJson.Compare(testCase, json.Text("kind") switch
        {
            "match" => Match(json),
            "config" => Config(json),
            "normalize" => Normalize(json),
            "keyring" => Keyring(json),
            "secrets" => Secrets(json),
            "cache" => Cache(json),
            var kind => throw new JsonException($"unknown kind {kind}"),
        });
    }

    private static JsonObject Match(JsonElement json)
    {
        ImagePattern.TryMatch(json.Text("pattern"), json.Text("image"), out var isMatch, out var problem);
        return new() { ["match"] = isMatch, ["error"] = problem };
    }

    private static JsonObject Config(JsonElement json) => CredentialProviderConfig.TryParse(ConfigText.Json(json.Text("config")), out var config, out var problem)
        ? new() { ["errors"] = CaseJson.Array(config.Validate()) }
        : new() { ["decodeError"] = problem };

    private static JsonObject Normalize(JsonElement json) => ImageName.TryParse(json.Text("image"), out var name, out var problem)
        ? new() { ["repository"] = name.Repository, ["tag"] = name.Tag, ["digest"] = name.Digest }
        : new() { ["error"] = problem };

    private static JsonObject Keyring(JsonElement json)
    {
        var keyring = new DockerKeyring();
        foreach (var (index, place) in json.Texts("keys").Index())
        {
            keyring.Add(place, new($"u{index}", "p"));
        }

        return Lookups(json, image => keyring.Lookup(image));
    }

    private static JsonObject Secrets(JsonElement json)
    {
        var node = new DockerKeyring();
        node.Add("quay.io", new("node", "p"));
        return PullSecrets.TryRead(json.Items("pullSecrets").Select(Secret), out var own, out var problem)
            ? Lookups(json, image => [.. own?.Lookup(image) ?? [], .. node.Lookup(image)])
            : new() { ["error"] = problem };
    }

    private static PullSecret Secret(JsonElement secret) => new(
        secret.Text("type"),
        secret.Members("data").ToDictionary(member => member.Name, member => (ReadOnlyMemory<byte>)member.Value.GetBytesFromBase64(), StringComparer.Ordinal));

    private static JsonObject Lookups(JsonElement json, Func<string, IEnumerable<RegistryCredential>> lookup) =>
        new(json.Texts("images").Select(image => KeyValuePair.Create<string, JsonNode?>(image, Users(lookup(image)))));

    private static JsonObject Users(IEnumerable<RegistryCredential> credentials)
    {
        string[] users = [.. credentials.Select(credential => $"{credential.Username}:{credential.Password}")];
        return new() { ["found"] = users.Length > 0, ["users"] = CaseJson.Array(users) };
    }

    private static JsonObject Cache(JsonElement json)
    {
        var calls = new List<string>();
        var replies = json.Items("providers").ToDictionary(provider => provider.Text("name"), provider => provider.Texts("replies").ToArray(), StringComparer.Ordinal);
        var runs = new Dictionary<string, int>(StringComparer.Ordinal);
        var providers = new CredentialProviders(new([.. json.Items("providers").Select(Provider)]), (provider, image) =>
        {
            calls.Add($"{provider.Name} {image}");
            var run = runs[provider.Name] = runs.GetValueOrDefault(provider.Name) + 1;
            var reply = replies[provider.Name][(run - 1) % replies[provider.Name].Length];
            return reply == "exit1" ? null : reply;
        });
        var steps = new JsonArray();
        foreach (var step in json.Items("steps"))
        {
            calls.Clear();
            var users = Users(providers.Lookup(step.Text("image"), Nanos(step.Text("at"))));
            users["pluginCalls"] = CaseJson.Array(calls);
            steps.Add((JsonNode)users);
        }

        return new() { ["steps"] = steps };
    }

    private static CredentialProvider Provider(JsonElement provider) => new(provider.Text("name"))
    {
        MatchImages = [.. provider.Texts("matchImages")],
        DefaultCacheDurationNanos = Nanos(provider.Text("defaultCacheDuration")),
        ApiVersion = provider.OptionalText("apiVersion") ?? DefaultApiVersion,
    };

    private static long Nanos(string text) => GoDuration.TryParseNanos(text, out var nanos, out var problem) ? nanos : throw new JsonException(problem);
}
