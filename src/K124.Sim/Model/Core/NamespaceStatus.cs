using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Observed state of a <see cref="Namespace"/>.</summary>
public sealed record NamespaceStatus
{
    internal static readonly NamespaceStatus Default = new();

    private readonly Items<Condition> _conditions;

    /// <summary><c>Active</c> or <c>Terminating</c>.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";

    /// <summary>Conditions, one a type.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }
}
