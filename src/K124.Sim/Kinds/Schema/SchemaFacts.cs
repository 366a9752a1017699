using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Kinds.Schema;

/// <summary>The types of the Kubernetes 1.24 API by name and by kind.</summary>
internal sealed class SchemaFacts
{
    private static readonly Lazy<SchemaFacts> Shared = new(() => SchemaReader.Read(EmbeddedText.Lines("types.txt")));

    private readonly Dictionary<string, SchemaType> _byName;
    private readonly Dictionary<string, SchemaType> _byKind = new(StringComparer.Ordinal);

    internal SchemaFacts(Dictionary<string, SchemaType> byName)
    {
        _byName = byName;
        foreach (var type in byName.Values)
        {
            if (type.GroupVersionKind.Length > 0)
            {
                _byKind.TryAdd(type.GroupVersionKind, type);
            }
        }
    }

    /// <summary>The facts, read once on first use.</summary>
    public static SchemaFacts Instance => Shared.Value;

    /// <summary>All types.</summary>
    public IReadOnlyCollection<SchemaType> Types => _byName.Values;

    /// <summary>A type that is known to be there.</summary>
    /// <param name="name">Name of its definition without the leading <c>io.k8s.</c>.</param>
    /// <returns>The type.</returns>
    public SchemaType Type(string name) => _byName[name];

    /// <summary>A type; null if there is none of that name.</summary>
    /// <param name="name">Name of its definition without the leading <c>io.k8s.</c>.</param>
    public SchemaType? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Finds the type of a kind.</summary>
    /// <param name="group">Group; empty for the core group.</param>
    /// <param name="version">Version.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="type">The type.</param>
    /// <returns>False if there is no such built-in kind.</returns>
    public bool TryGetKind(string group, string version, string kind, [NotNullWhen(true)] out SchemaType? type) =>
        _byKind.TryGetValue($"{group}/{version}/{kind}", out type);
}
