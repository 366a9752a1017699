using System.Collections.Immutable;

namespace K124.Sim.Platform.Certificates;

/// <summary>What a real X.509 certificate request asks for.</summary>
internal sealed record SigningRequest
{
    /// <summary>Common name; empty if there is none.</summary>
    public string CommonName { get; init; } = "";

    /// <summary>Organizations, in the order of the encoded request.</summary>
    public ImmutableArray<string> Organization { get; init; } = [];

    /// <summary>DNS names.</summary>
    public ImmutableArray<string> DnsNames { get; init; } = [];

    /// <summary>Email addresses.</summary>
    public ImmutableArray<string> EmailAddresses { get; init; } = [];

    /// <summary>IP addresses.</summary>
    public ImmutableArray<string> IPAddresses { get; init; } = [];

    /// <summary>URIs.</summary>
    public ImmutableArray<string> Uris { get; init; } = [];

    /// <summary>The subject as Go prints it: the last part first.</summary>
    public string Subject { get; init; } = "";
}
