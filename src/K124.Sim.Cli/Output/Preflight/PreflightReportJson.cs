using System.Collections.Immutable;
using K124.Sim.Preflight;

namespace K124.Sim.Cli.Output.Preflight;

/// <summary>The document of <c>k124 preflight</c>.</summary>
internal sealed record PreflightReportJson(
    string ApiVersion,
    string Kind,
    string Release,
    int Blocks,
    int Warnings,
    int Notes,
    ImmutableArray<PreflightFindingJson> Findings,
    ImmutableArray<PreflightFindingJson> Accepted)
{
    public static PreflightReportJson Of(PreflightReport report) => new(
        JsonOutput.ApiVersion,
        "PreflightReport",
        report.Release.ToString(),
        report.Count(PreflightSeverity.Block),
        report.Count(PreflightSeverity.Warning),
        report.Count(PreflightSeverity.Info),
        [.. report.Findings.Select(PreflightFindingJson.Of)],
        [.. report.Accepted.Select(PreflightFindingJson.Of)]);
}

internal sealed record PreflightFindingJson(
    string Rule,
    string Severity,
    string ObjectApiVersion,
    string ObjectKind,
    string Namespace,
    string Name,
    string Field,
    string Behavior,
    string Remedy,
    string Link,
    string File,
    long Line)
{
    public static PreflightFindingJson Of(PreflightFinding finding) => new(
        finding.Rule,
        PreflightWriters.Word(finding.Severity),
        finding.Subject.ApiVersion,
        finding.Subject.Kind,
        finding.Subject.Namespace,
        finding.Subject.Name,
        finding.Field,
        finding.Behavior,
        finding.Remedy,
        finding.Link,
        finding.Subject.File,
        finding.Subject.Line);
}
