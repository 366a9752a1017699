using System.Diagnostics.CodeAnalysis;
using System.Text;
using K124.Sim.Manifests.Internal;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace K124.Sim.Manifests;

/// <summary>Turns a YAML document, such as a component's configuration file, into JSON.</summary>
public static class YamlJson
{
    /// <summary>Turns a document into JSON; a text without a document becomes an empty one.</summary>
    /// <param name="yaml">The text, of which only the first document is read. JSON is YAML, too.</param>
    /// <param name="json">The same as JSON.</param>
    /// <param name="problem">Why the text is not YAML, as a server says it.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryConvert(string yaml, [NotNullWhen(true)] out string? json, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        try
        {
            var events = new YamlEvents(new Parser(new StringReader(yaml)));
            (json, problem) = ("", null);
            while (events.TryNext() is { } next)
            {
                if (next is DocumentStart)
                {
                    events.BeginDocument();
                    json = Read(events);
                    break;
                }
            }

            return true;
        }
        catch (YamlException exception)
        {
            (json, problem) = (null, GoYamlProblem.Of(yaml, exception));
            return false;
        }
    }

    private static string Read(YamlEvents events)
    {
        using var writer = new YamlJsonWriter(events);
        var root = events.Next();
        events.BeginObject();
        writer.Clear();
        writer.WriteNode(root);
        return Encoding.UTF8.GetString(writer.Json);
    }
}
