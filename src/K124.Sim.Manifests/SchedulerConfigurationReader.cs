using System.Text;
using System.Text.Json;
using K124.Sim.Manifests.Internal;
using K124.Sim.Scheduling.Internal;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace K124.Sim.Manifests;

/// <summary>Reads a KubeSchedulerConfiguration of <c>kubescheduler.config.k8s.io/v1beta3</c> or <c>v1beta2</c>, in YAML or JSON.</summary>
/// <remarks>Defaults, MultiPoint and disabled plugins are worked in as 1.24 does. Members that no decision depends on, such as
/// <c>leaderElection</c>, are read over. Unknown members, plugins and arguments are errors; so are extenders, which are not modelled.
/// Kubernetes 1.24 pkg/scheduler/apis/config.</remarks>
public static class SchedulerConfigurationReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The configuration, or the errors.</returns>
    public static SchedulerConfigurationResult Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Read(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return SchedulerConfigurationResult.Of(new ManifestError(exception.Message) { File = path });
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <returns>The configuration, or the errors.</returns>
    public static SchedulerConfigurationResult Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, "");
    }

    private static SchedulerConfigurationResult Read(string text, string file)
    {
        try
        {
            using var document = ToJson(text);
            var errors = new List<ManifestError>();
            var configuration = new SchedulerConfigurationDecoder((path, message) => errors.Add(new(message) { File = file, Path = path })).Decode(document.RootElement);
            if (configuration is not null && errors.Count == 0)
            {
                errors.AddRange(ConfigurationCheck.Errors(configuration, []).Select(error => new ManifestError(error.ToString()) { File = file }));
            }

            return errors.Count > 0 ? SchedulerConfigurationResult.Of([.. errors]) : new(configuration, []);
        }
        catch (YamlException exception)
        {
            return SchedulerConfigurationResult.Of(new ManifestError($"not YAML: {exception.Message.TrimEnd('.')}") { File = file, Line = exception.End.Line });
        }
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
        return JsonDocument.Parse(writer.Json.ToArray());
    }
}
