using System.Collections.Immutable;

namespace K124.Sim.Kinds.Schema;

/// <summary>A member of a type of the API.</summary>
internal sealed class SchemaField
{
    /// <summary>Name as it stands in JSON.</summary>
    public required string Name { get; init; }

    /// <summary>Place among the members of its type, in the order in which they are written.</summary>
    public required int Index { get; init; }

    /// <summary>Form of the value.</summary>
    public required SchemaShape Shape { get; init; }

    /// <summary>Whether absent differs from zero (or, for an object, from empty).</summary>
    public bool IsPointer { get; init; }

    /// <summary>Whether the member is written even when it is zero or absent.</summary>
    public bool IsAlwaysWritten { get; init; }

    /// <summary>Whether the published schema lists it as required.</summary>
    public bool IsRequired { get; init; }

    /// <summary><c>atomic</c>, <c>set</c> or <c>map</c> for lists; empty if the schema says nothing.</summary>
    public string ListType { get; init; } = "";

    /// <summary>Members that identify an element of a list of type <c>map</c>.</summary>
    public ImmutableArray<string> ListMapKeys { get; init; } = [];

    /// <summary><c>atomic</c> for maps and objects that are owned as one; empty if the schema says nothing.</summary>
    public string MapType { get; init; } = "";

    /// <summary>Strategies of a strategic merge patch, comma-joined: <c>merge</c>, <c>replace</c>, <c>retainKeys</c>; or empty.</summary>
    public string PatchStrategy { get; init; } = "";

    /// <summary>Member that identifies an element in a strategic merge patch; or empty.</summary>
    public string PatchMergeKey { get; init; } = "";

    /// <summary>Default that the published schema declares; or empty.</summary>
    public string SchemaDefault { get; init; } = "";

    /// <summary>Values that the published schema lists.</summary>
    public ImmutableArray<string> EnumValues { get; init; } = [];
}
