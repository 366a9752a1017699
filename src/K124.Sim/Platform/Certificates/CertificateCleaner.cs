namespace K124.Sim.Platform.Certificates;

/// <summary>Deletes requests that nobody needs any more; it looks once an hour.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/certificates/cleaner.</remarks>
internal static class CertificateCleaner
{
    private static readonly TimeSpan Finished = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pending = TimeSpan.FromHours(24);

    /// <summary>Whether a request is deleted.</summary>
    /// <param name="signingCase">The request.</param>
    /// <param name="certificateEnd">When its certificate ends; null if it has none, or none that can be read.</param>
    /// <param name="now">Now.</param>
    public static bool IsDeleted(SigningCase signingCase, DateTimeOffset? certificateEnd, DateTimeOffset now)
    {
        if (signingCase.Conditions.Length == 0)
        {
            return IsOlder(signingCase.CreatedAt, Pending, now);
        }

        return signingCase.Conditions.Any(condition => condition.Type switch
        {
            SigningCase.Denied or SigningCase.Failed => IsOlder(condition.UpdatedAt, Finished, now),
            SigningCase.Approved => (signingCase.IsIssued && IsOlder(condition.UpdatedAt, Finished, now)) || certificateEnd < now,
            _ => false,
        });
    }

    private static bool IsOlder(DateTimeOffset? time, TimeSpan age, DateTimeOffset now) => time is { } known && now - known > age;
}
