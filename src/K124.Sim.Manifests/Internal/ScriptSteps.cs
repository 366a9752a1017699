using System.Collections.Immutable;
using System.Text.Json;
using K124.Sim.ControlPlane;
using K124.Sim.Model;
using K124.Sim.Model.Json;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Manifests.Internal;

/// <summary>The steps of a script so far, and what is wrong with them.</summary>
internal sealed class ScriptSteps(string file)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private readonly ImmutableArray<TimedAction>.Builder _actions = ImmutableArray.CreateBuilder<TimedAction>();
    private readonly ImmutableArray<ManifestError>.Builder _errors = ImmutableArray.CreateBuilder<ManifestError>();
    private readonly Dictionary<string, ImmutableArray<TimeSpan?>.Builder> _lifetimes = new(StringComparer.Ordinal);

    public void Add(byte[] json, long line)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ModelJsonOptions.MaxDepth });
            var step = document.RootElement;
            if (step.ValueKind != JsonValueKind.Object)
            {
                throw new JsonException("expected a step, that is an object");
            }

            if (step.TryGetProperty("podLifecycleOf", out var owner))
            {
                AddLifetime(Text(owner, "podLifecycleOf"), step);
            }
            else
            {
                _actions.Add(new(TimeOf(step), ActionOf(step)));
            }
        }
        catch (JsonException exception)
        {
            Report(line, exception.Message);
        }
    }

    public void Report(long line, string message) => _errors.Add(new(message) { File = file, Line = line });

    public RunScript ToScript() => new()
    {
        Actions = _actions.ToImmutable(),
        PodLifetimes = _lifetimes.ToImmutableDictionary(static entry => entry.Key, static entry => entry.Value.ToImmutable(), StringComparer.Ordinal),
        Errors = _errors.ToImmutable(),
    };

    private void AddLifetime(string owner, JsonElement step)
    {
        if (!_lifetimes.TryGetValue(owner, out var lifetimes))
        {
            _lifetimes.Add(owner, lifetimes = ImmutableArray.CreateBuilder<TimeSpan?>());
        }

        var end = step.TryGetProperty("end", out var ended) && ended.ValueKind == JsonValueKind.Number ? ended.GetDouble() : (double?)null;
        lifetimes.Add(end is { } seconds ? TimeSpan.FromSeconds(Math.Max(0, seconds - Number(step, "start"))) : null);
    }

    private static UserAction ActionOf(JsonElement step) => Text(Member(step, "op"), "op") switch
    {
        "apply" => new UserAction.Apply(ObjectOf(Member(step, "object"))),
        "delete" => DeleteOf(Member(step, "object")),
        "scale" => new UserAction.Scale(KindOf(step), KeyOf(step), (int)Number(step, "replicas")),
        "cordon" => new UserAction.Cordon(Text(Member(step, "node"), "node")),
        "uncordon" => new UserAction.Uncordon(Text(Member(step, "node"), "node")),
        "loseNode" => new UserAction.LoseNode(Text(Member(step, "node"), "node")),
        "recoverNode" => new UserAction.RecoverNode(Text(Member(step, "node"), "node")),
        "probe" => new UserAction.SetProbe(Namespace(step), LabelsOf(step), ProbeOf(Text(Member(step, "probe"), "probe")), FlagOf(step, "succeeds")),
        var other => throw new JsonException($"op: '{other}' is none of apply, delete, scale, cordon, uncordon, loseNode, recoverNode, probe"),
    };

    private static ProbeKind ProbeOf(string name) => name switch
    {
        "startup" => ProbeKind.Startup,
        "readiness" => ProbeKind.Readiness,
        "liveness" => ProbeKind.Liveness,
        _ => throw new JsonException($"probe: '{name}' is none of startup, readiness, liveness"),
    };

    private static StringMap<string> LabelsOf(JsonElement step) => step.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Object
        ? labels.EnumerateObject().Select(static label => KeyValuePair.Create(label.Name, Text(label.Value, $"labels.{label.Name}"))).ToStringMap()
        : StringMap<string>.Empty;

    private static bool FlagOf(JsonElement step, string name) => Member(step, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new JsonException($"{name}: expected true or false"),
    };

    private static UserAction.Delete DeleteOf(JsonElement item)
    {
        var kind = Find(Optional(item, "apiVersion"), Text(Member(item, "kind"), "object.kind"));
        var metadata = Member(item, "metadata");
        return new(kind, new(kind.IsNamespaced ? Namespace(metadata) : "", Text(Member(metadata, "name"), "object.metadata.name")));
    }

    private static IApiObject ObjectOf(JsonElement item)
    {
        var kind = Find(Optional(item, "apiVersion"), Text(Member(item, "kind"), "object.kind"));
        var read = KubernetesJson.Deserialize(System.Text.Encoding.UTF8.GetBytes(item.GetRawText()), kind.Type, ModelJsonOptions.Shared);
        var metadata = read.Metadata;
        return kind.IsNamespaced && metadata.Namespace.Length == 0 ? read.With(read.ApiVersion, metadata with { Namespace = "default" }) : read;
    }

    private static ApiKind KindOf(JsonElement step) => Find("", Text(Member(step, "kind"), "kind"));

    private static ApiKind Find(string apiVersion, string kind)
    {
        foreach (var candidate in ApiKind.All)
        {
            if (candidate.Kind == kind && (apiVersion.Length == 0 || candidate.ApiVersions.Contains(apiVersion)))
            {
                return candidate;
            }
        }

        throw new JsonException($"kind: '{(apiVersion.Length == 0 ? "" : apiVersion + " ")}{kind}' is not modelled");
    }

    private static ObjectKey KeyOf(JsonElement step) => new(Namespace(step), Text(Member(step, "name"), "name"));

    private static string Namespace(JsonElement item) => Optional(item, "namespace") is { Length: > 0 } given ? given : "default";

    private static TimeSpan TimeOf(JsonElement step)
    {
        var seconds = Number(step, "t");
        return seconds >= 0 && seconds <= Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : throw new JsonException($"t: {seconds} is not between 0 and {Longest.TotalSeconds} seconds");
    }

    private static JsonElement Member(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value : throw new JsonException($"the member '{name}' is missing");

    private static string Optional(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? Text(value, name) : "";

    private static string Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new JsonException($"{name}: expected a text, but found {value.ValueKind}");

    private static double Number(JsonElement item, string name) =>
        Member(item, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : throw new JsonException($"{name}: expected a number");
}
