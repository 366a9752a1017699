namespace K124.Sim.Kinds.Schema;

/// <summary>Tables that are part of the library.</summary>
internal static class EmbeddedText
{
    /// <summary>The lines of a table, without its comments.</summary>
    /// <param name="name">File name.</param>
    /// <returns>The lines.</returns>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream($"K124.Sim.Kinds.Schema.{name}")
            ?? throw new InvalidOperationException($"The library lacks its table {name}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
