using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>Names for an address in the pod's hosts file.</summary>
public sealed record HostAlias
{
    private readonly Items<string> _hostnames;

    /// <summary>Names of the address.</summary>
    public ImmutableArray<string> Hostnames { get => _hostnames.Array; init => _hostnames = new(value); }

    /// <summary>Address.</summary>
    public string IP { get; init => field = value ?? ""; } = "";
}
