using System.Collections.Immutable;

namespace K124.Sim.Preflight;

/// <summary>What stands in the way of an upgrade.</summary>
/// <param name="Release">Release to upgrade to.</param>
/// <param name="Findings">The findings that count, the worst first.</param>
/// <param name="Accepted">The findings that a baseline accepts.</param>
public sealed record PreflightReport(KubernetesRelease Release, ImmutableArray<PreflightFinding> Findings, ImmutableArray<PreflightFinding> Accepted)
{
    /// <summary>The worst severity that counts; null if there is no finding.</summary>
    public PreflightSeverity? Worst => Findings.IsEmpty ? null : Findings.Max(static finding => finding.Severity);

    /// <summary>Findings of one severity.</summary>
    /// <param name="severity">The severity.</param>
    /// <returns>How many count.</returns>
    public int Count(PreflightSeverity severity) => Findings.Count(finding => finding.Severity == severity);

    /// <summary>The report without what a baseline accepts.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <returns>The report.</returns>
    public PreflightReport Without(PreflightBaseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return new(
            Release,
            [.. Findings.Where(finding => !baseline.Accepts(finding))],
            [.. Accepted, .. Findings.Where(baseline.Accepts)]);
    }
}
