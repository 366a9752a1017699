using System.Collections.Immutable;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds;

/// <summary>A resource that the API server serves: one plural in one version of a group.</summary>
internal sealed record ResourceType
{
    /// <summary>Group; empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>Version.</summary>
    public required string Version { get; init; }

    /// <summary>Plural in lower case, as it stands in paths.</summary>
    public required string Plural { get; init; }

    /// <summary>Kind of its objects.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether its objects live in namespaces.</summary>
    public required bool IsNamespaced { get; init; }

    /// <summary>Verbs that discovery tells, sorted.</summary>
    public ImmutableArray<string> Verbs { get; init; } = [];

    /// <summary>Short names, as clients may type them.</summary>
    public ImmutableArray<string> ShortNames { get; init; } = [];

    /// <summary>Categories, for example <c>all</c>.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Names of the subresources.</summary>
    public ImmutableArray<string> Subresources { get; init; } = [];

    /// <summary>Whether a server in its default configuration serves it.</summary>
    public bool IsServedByDefault { get; init; } = true;

    /// <summary>The type of the objects; null for a kind that is not built in.</summary>
    public SchemaType? Schema { get; init; }

    /// <summary>Singular in lower case.</summary>
    public string Singular { get; init; } = "";

    /// <summary>The <c>apiVersion</c> of its objects.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Plural and group as messages write them, for example <c>deployments.apps</c>.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Whether there is a subresource of that name.</summary>
    /// <param name="name">Name.</param>
    /// <returns>True if there is.</returns>
    public bool HasSubresource(string name) => Subresources.Contains(name);
}
