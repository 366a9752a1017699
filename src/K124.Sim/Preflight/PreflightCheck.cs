namespace K124.Sim.Preflight;

/// <summary>Judges whether a cluster and its manifests are ready for 1.24.</summary>
public static class PreflightCheck
{
    /// <summary>Looks at everything by every rule.</summary>
    /// <param name="input">What to look at.</param>
    /// <param name="baseline">Findings that are accepted; null for none.</param>
    /// <returns>The findings, the worst first, then by rule, namespace, name and field; the order of the input does not count.</returns>
    public static PreflightReport Run(PreflightInput input, PreflightBaseline? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        var context = new PreflightContext(input);
        var findings = PreflightRules.All.SelectMany(rule => rule.Check(context)).Distinct()
            .OrderByDescending(static finding => finding.Severity)
            .ThenBy(static finding => finding.Rule, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Subject.Namespace, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Subject.Name, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Field, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Subject.Kind, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Subject.File, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Subject.Line)
            .ThenBy(static finding => finding.Behavior, StringComparer.Ordinal);
        var report = new PreflightReport(input.Release, [.. findings], []);
        return baseline is null ? report : report.Without(baseline);
    }
}
