using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>What a request for a certificate asks for.</summary>
public sealed record CertificateSigningRequestSpec
{
    private readonly Items<string> _usages;
    private readonly Items<string> _groups;

    /// <summary>The X.509 request in PEM form, in base64.</summary>
    public string Request { get; init => field = value ?? ""; } = "";

    /// <summary>Who is asked to sign.</summary>
    public string SignerName { get; init => field = value ?? ""; } = "";

    /// <summary>Seconds that the certificate should live; null for the signer's choice.</summary>
    public int? ExpirationSeconds { get; init; }

    /// <summary>What the certificate is for.</summary>
    public ImmutableArray<string> Usages { get => _usages.Array; init => _usages = new(value); }

    /// <summary>User that made the request.</summary>
    public string Username { get; init => field = value ?? ""; } = "";

    /// <summary>Uid of that user.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>Groups of that user.</summary>
    public ImmutableArray<string> Groups { get => _groups.Array; init => _groups = new(value); }
}
