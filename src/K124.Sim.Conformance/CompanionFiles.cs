using System.Collections.Immutable;
using System.Text.Json;

namespace K124.Sim.Conformance;

/// <summary>Files that stand beside recordings and hold no cases: what the cases of a folder share, or words about them.</summary>
/// <param name="folder">Full path of the folder.</param>
internal sealed class CompanionFiles(string folder)
{
    private static readonly ImmutableArray<string> Known =
        ["README.md", "worlds.json", "messages.json", "podtemplate-types.json", "default-profile.json"];

    private readonly Dictionary<(string Name, Type Type), object> _read = [];

    public static bool IsCompanion(string fileName) => Known.Contains(fileName, StringComparer.Ordinal);

    /// <summary>Reads a file once; every case of the folder gets the same value.</summary>
    /// <typeparam name="T">What is made of the file.</typeparam>
    /// <param name="fileName">Name without folders, for example <c>worlds.json</c>.</param>
    /// <param name="read">Makes the value of the file's content, which stays valid.</param>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public T Get<T>(string fileName, Func<JsonElement, T> read)
        where T : class
    {
        if (!_read.TryGetValue((fileName, typeof(T)), out var value))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, fileName)));
            value = read(document.RootElement.Clone());
            _read.Add((fileName, typeof(T)), value);
        }

        return (T)value;
    }
}
