using System.Collections.Immutable;

namespace K124.Sim.Kinds;

/// <summary>Who sends a request.</summary>
internal sealed record UserInfo
{
    /// <summary>The administrator that installers make.</summary>
    public static UserInfo Admin { get; } = new() { Name = "admin", Groups = ["system:masters", "system:authenticated"] };

    /// <summary>User name.</summary>
    public required string Name { get; init; }

    /// <summary>Uid of the user; empty if there is none.</summary>
    public string Uid { get; init; } = "";

    /// <summary>Groups of the user.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Further facts about the user, by key.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Extra { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
}
