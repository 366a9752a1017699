using System.Globalization;
using System.Text;

namespace K124.Sim.Manifests;

/// <summary>One thing that is wrong with what was read, and where.</summary>
/// <param name="Message">What is wrong.</param>
public sealed record ManifestError(string Message)
{
    /// <summary>Path of the file, <c>-</c> for standard input, or empty if the text came from memory.</summary>
    public string File { get; init; } = "";

    /// <summary>Line in the decompressed text, from 1, or null if the error concerns no line.</summary>
    public long? Line { get; init; }

    /// <summary>Number of the document in the file, from 1, or null if the error concerns no document.</summary>
    public int? Document { get; init; }

    /// <summary>Kind, namespace and name, for example <c>Pod default/web</c>, as far as they are known.</summary>
    public string Object { get; init; } = "";

    /// <summary>Path of the member in the object, for example <c>spec.containers[0].resources.requests['cpu']</c>, or empty.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether it is about something that is no Kubernetes object, or a copy of one: <see cref="ManifestOptions.PassOverForeign"/> passes it over.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The whole error in one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(File);
        if (Line is { } line)
        {
            text.Append(File.Length > 0 ? ":" : "line ").Append(line.ToString(CultureInfo.InvariantCulture));
        }

        if (Document is { } document)
        {
            text.Append(text.Length > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"(document {document})");
        }

        foreach (var part in (ReadOnlySpan<string>)[Object, Path, Message])
        {
            text.Append(text.Length > 0 && part.Length > 0 ? ": " : "").Append(part);
        }

        return text.ToString();
    }
}
