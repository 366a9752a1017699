using System.Text;
using System.Text.Json;
using K124.Sim.Manifests.Internal;
using K124.Sim.Model.Json;
using K124.Sim.Platform;
using K124.Sim.Scheduling.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace K124.Sim.Manifests;

/// <summary>Reads a KubeSchedulerConfiguration of <c>kubescheduler.config.k8s.io/v1beta3</c> or <c>v1beta2</c>, in YAML or JSON.</summary>
/// <remarks>Defaults, MultiPoint and disabled plugins are worked in as 1.24 does. Members that no decision depends on, such as
/// <c>leaderElection</c>, are read over. Unknown members, arguments and enabled plugins are errors; a plugin that is only disabled, or given
/// arguments, need not exist. Extenders are read without what answers in their place (<see cref="SchedulerExtender.Filter"/>,
/// <see cref="SchedulerExtender.Prioritize"/>); <see cref="SchedulerConfiguration.WithoutExtenders"/> leaves them out. Kubernetes 1.24 pkg/scheduler/apis/config.</remarks>
public static class SchedulerConfigurationReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="gates">Feature gates, which some arguments need; the defaults of 1.24 if null.</param>
    /// <returns>The configuration, or the errors.</returns>
    public static SchedulerConfigurationResult Read(string path, FeatureGates? gates = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Read(File.ReadAllText(path), path, gates);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return SchedulerConfigurationResult.Of(new ManifestError(InputErrors.Describe(exception)) { File = path });
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="gates">Feature gates, which some arguments need; the defaults of 1.24 if null.</param>
    /// <returns>The configuration, or the errors.</returns>
    public static SchedulerConfigurationResult Parse(string text, FeatureGates? gates = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, "", gates);
    }

    private static SchedulerConfigurationResult Read(string text, string file, FeatureGates? gates)
    {
        try
        {
            using var outer = ToJson(text);
            using var inner = InConfigMap(outer.RootElement) is { } held ? ToJson(held) : null;
            var document = inner ?? outer;
            var errors = new List<ManifestError>();
            var configuration = new SchedulerConfigurationDecoder((path, message) => errors.Add(new(message) { File = file, Path = path })).Decode(document.RootElement);
            if (configuration is not null && errors.Count == 0)
            {
                errors.AddRange(ConfigurationCheck.Errors(configuration, [], gates ?? FeatureGates.Default).Select(error => new ManifestError(error.ToString()) { File = file }));
            }

            return errors.Count > 0 ? SchedulerConfigurationResult.Of([.. errors]) : new(configuration, []);
        }
        catch (InvalidOperationException)
        {
            return SchedulerConfigurationResult.Of(new ManifestError("the text holds half of a surrogate pair") { File = file });
        }
        catch (YamlException exception)
        {
            return SchedulerConfigurationResult.Of(new ManifestError($"not YAML: {exception.Message.TrimEnd('.')}") { File = file, Line = exception.End.Line });
        }
    }

    /// <summary>The one configuration that a ConfigMap holds, as clusters keep it; null if the text is something else.</summary>
    private static string? InConfigMap(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("kind", out var kind) || !kind.ValueEquals("ConfigMap")
            || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string[] held =
        [
            .. data.EnumerateObject().Where(static member => member.Value.ValueKind == JsonValueKind.String).Select(static member => member.Value.GetString()!)
                .Where(static value => value.Contains("KubeSchedulerConfiguration", StringComparison.Ordinal)),
        ];
        return held is [var only] ? only : null;
    }

    private static JsonDocument ToJson(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
        var events = new YamlEvents(new Parser(new StreamReader(stream)));
        JsonDocument? document = null;
        while (events.TryNext() is { } next)
        {
            if (next is DocumentStart)
            {
                if (document is not null)
                {
                    document.Dispose();
                    throw new YamlException(next.Start, next.End, "one document is needed, but there are more");
                }

                events.BeginDocument();
                document = ReadDocument(events);
            }
        }

        return document ?? JsonDocument.Parse("null");
    }

    private static JsonDocument ReadDocument(YamlEvents events)
    {
        using var writer = new YamlJsonWriter(events);
        var root = events.Next();
        events.BeginObject();
        writer.Clear();
        writer.WriteNode(root);
        return JsonDocument.Parse(writer.Json.ToArray(), new() { MaxDepth = ModelJsonOptions.MaxDepth + 2 });
    }
}
