using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>The bounds of a <see cref="ResourceQuota"/>.</summary>
public sealed record ResourceQuotaSpec
{
    internal static readonly ResourceQuotaSpec Default = new();

    private readonly Items<string> _scopes;

    /// <summary>Bounds by resource.</summary>
    public StringMap<Quantity> Hard { get; init => field = value ?? StringMap<Quantity>.Empty; } = StringMap<Quantity>.Empty;

    /// <summary>Scopes that are counted, by operator.</summary>
    public ScopeSelector? ScopeSelector { get; init; }

    /// <summary>Scopes that are counted.</summary>
    public ImmutableArray<string> Scopes { get => _scopes.Array; init => _scopes = new(value); }
}
