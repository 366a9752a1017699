using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>What became of a request for a certificate.</summary>
public sealed record CertificateSigningRequestStatus
{
    private readonly Items<Condition> _conditions;

    /// <summary>Decisions: <c>Approved</c>, <c>Denied</c>, <c>Failed</c>.</summary>
    public ImmutableArray<Condition> Conditions { get => _conditions.Array; init => _conditions = new(value); }

    /// <summary>The certificate in PEM form, in base64; empty until it is issued.</summary>
    public string Certificate { get; init => field = value ?? ""; } = "";
}
