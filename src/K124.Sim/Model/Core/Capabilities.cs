using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>POSIX capabilities that a container gains or loses.</summary>
public sealed record Capabilities
{
    private readonly Items<string> _add;
    private readonly Items<string> _drop;

    /// <summary>Capabilities gained.</summary>
    public ImmutableArray<string> Add { get => _add.Array; init => _add = new(value); }

    /// <summary>Capabilities lost.</summary>
    public ImmutableArray<string> Drop { get => _drop.Array; init => _drop = new(value); }
}
