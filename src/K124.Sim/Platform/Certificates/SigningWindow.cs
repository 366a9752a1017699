using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Platform.Certificates;

/// <summary>From when until when a certificate is valid.</summary>
/// <param name="NotBefore">From when.</param>
/// <param name="NotAfter">Until when.</param>
/// <remarks>Kubernetes 1.24 pkg/controller/certificates; KEP-2784.</remarks>
internal readonly record struct SigningWindow(DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    // Below this the time before now is given on top of the duration; from it on it is part of the duration.
    private static readonly TimeSpan Short = TimeSpan.FromHours(8);

    /// <summary>How long a signer lets a certificate live.</summary>
    /// <param name="ttl">The longest it lets any.</param>
    /// <param name="expirationSeconds">What the request asks for; null if it asks for nothing.</param>
    public static TimeSpan Duration(TimeSpan ttl, int? expirationSeconds)
    {
        if (expirationSeconds is not { } seconds)
        {
            return ttl;
        }

        var requested = TimeSpan.FromSeconds(seconds);
        return requested > ttl ? ttl : requested < Shortest ? Shortest : requested;
    }

    /// <summary>The validity of a certificate that is signed now.</summary>
    /// <param name="now">Now.</param>
    /// <param name="duration">How long it lives.</param>
    /// <param name="authorityEnd">When the certificate of the authority ends.</param>
    /// <param name="window">The validity.</param>
    /// <param name="problem">Why it cannot be signed, up to the time that is named.</param>
    public static bool TryMake(
        DateTimeOffset now,
        TimeSpan duration,
        DateTimeOffset authorityEnd,
        out SigningWindow window,
        [NotNullWhen(false)] out string? problem)
    {
        var end = now + (duration < Short ? duration : duration - Backdate);
        window = new(now - Backdate, end < authorityEnd ? end : authorityEnd);
        problem = window.NotBefore >= authorityEnd ? "the signer has expired: NotAfter="
            : now >= authorityEnd ? "refusing to sign a certificate that expired in the past: NotAfter="
            : null;
        return problem is null;
    }
}
