using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>DNS settings of a pod.</summary>
public sealed record PodDNSConfig
{
    private readonly Items<string> _nameservers;
    private readonly Items<PodDNSConfigOption> _options;
    private readonly Items<string> _searches;

    /// <summary>Addresses of name servers.</summary>
    public ImmutableArray<string> Nameservers { get => _nameservers.Array; init => _nameservers = new(value); }

    /// <summary>Options.</summary>
    public ImmutableArray<PodDNSConfigOption> Options { get => _options.Array; init => _options = new(value); }

    /// <summary>Domains that are searched.</summary>
    public ImmutableArray<string> Searches { get => _searches.Array; init => _searches = new(value); }
}
