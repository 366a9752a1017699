using System.Collections.Immutable;

namespace K124.Sim.Platform.Certificates;

/// <summary>A condition of a certificate signing request.</summary>
/// <param name="Type"><c>Approved</c>, <c>Denied</c> or <c>Failed</c>.</param>
/// <param name="Status">Its status, which mostly does not count.</param>
/// <param name="UpdatedAt">When it was updated last; null if that is not told.</param>
internal sealed record SigningCondition(string Type, string Status = "True", DateTimeOffset? UpdatedAt = null);

/// <summary>A certificate signing request as the controllers see it.</summary>
/// <param name="Name">Its name.</param>
internal sealed record SigningCase(string Name)
{
    public const string Approved = "Approved";
    public const string Denied = "Denied";
    public const string Failed = "Failed";

    /// <summary>Who is asked to sign.</summary>
    public string SignerName { get; init; } = "";

    /// <summary>The request in PEM form.</summary>
    public string Request { get; init; } = "";

    /// <summary>The usages it names.</summary>
    public ImmutableArray<string> Usages { get; init; } = [];

    /// <summary>How long it wants the certificate to live; null if it does not say.</summary>
    public int? ExpirationSeconds { get; init; }

    /// <summary>Who made it.</summary>
    public string Username { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its conditions.</summary>
    public ImmutableArray<SigningCondition> Conditions { get; init; } = [];

    /// <summary>Whether a certificate was issued.</summary>
    public bool IsIssued { get; init; }

    /// <summary>Whether there is a condition of a type, whatever its status.</summary>
    public bool Has(string type) => Conditions.Any(condition => condition.Type == type);
}
