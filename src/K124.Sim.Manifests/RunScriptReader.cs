using System.Text;
using K124.Sim.Manifests.Internal;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace K124.Sim.Manifests;

/// <summary>Reads scripts of timed steps: JSON Lines, or YAML with a document a step, plain or gzip.</summary>
/// <remarks>
/// A step is <c>{t: seconds, op: apply, object: {...}}</c>, <c>{t, op: delete, object: {...}}</c>,
/// <c>{t, op: scale, kind, namespace, name, replicas}</c>, <c>{t, op: cordon|uncordon|loseNode|recoverNode, node}</c>,
/// or <c>{t, op: probe, namespace, labels: {...}, probe: startup|readiness|liveness, succeeds: true|false}</c>. Lines with
/// <c>podLifecycleOf</c>, as recorded traces of SimKube have them, tell how long pods ran.
/// </remarks>
public static class RunScriptReader
{
    /// <summary>Reads one script.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The script, with what is wrong with it.</returns>
    public static RunScript Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or DecoderFallbackException)
        {
            return new() { Actions = [], Errors = [new(exception.Message) { File = path }] };
        }
    }

    /// <summary>Reads one script.</summary>
    /// <param name="stream">Its text.</param>
    /// <param name="name">Name of the file for errors.</param>
    /// <returns>The script, with what is wrong with it.</returns>
    public static RunScript Read(Stream stream, string name)
    {
        var steps = new ScriptSteps(name);
        var (text, isJson) = ContentStream.Open(stream);
        if (isJson)
        {
            ReadLines(text, steps);
        }
        else
        {
            ReadDocuments(text, steps);
        }

        return steps.ToScript();
    }

    private static void ReadLines(Stream text, ScriptSteps steps)
    {
        using var reader = new StreamReader(text, new UTF8Encoding(false, throwOnInvalidBytes: true));
        for (var line = 1; reader.ReadLine() is { } content; line++)
        {
            if (content.AsSpan().Trim().Length > 0)
            {
                steps.Add(Encoding.UTF8.GetBytes(content), line);
            }
        }
    }

    private static void ReadDocuments(Stream text, ScriptSteps steps)
    {
        var events = new YamlEvents(new Parser(new StreamReader(new NullFreeText(text), new UTF8Encoding(false, throwOnInvalidBytes: true))));
        using var document = new YamlJsonWriter(events);
        try
        {
            while (events.TryNext() is { } next)
            {
                if (next is not DocumentStart)
                {
                    continue;
                }

                events.BeginDocument();
                events.BeginObject();
                document.Clear();
                var line = events.Line;
                document.WriteNode(events.Next());
                steps.Add(document.Json.ToArray(), line);
            }
        }
        catch (YamlException exception)
        {
            steps.Report(events.Line, $"not YAML: {exception.Message.TrimEnd('.')}");
        }
    }
}
