using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Preflight;
using K124.Sim.Reports;

namespace K124.Sim.Cli.Output.Preflight;

/// <summary>Findings as a page to pass on: a section a rule, a row an object.</summary>
internal static class PreflightHtml
{
    public static string Text(PreflightReport preflight)
    {
        var (blocking, warnings) = (preflight.Count(PreflightSeverity.Block), preflight.Count(PreflightSeverity.Warning));
        var report = new Report($"What stands in the way of {preflight.Release}", Answer(blocking, warnings), ToneOf(preflight.Worst))
        {
            Document = JsonSerializer.SerializeToNode(PreflightReportJson.Of(preflight), OutputJson.Readable.PreflightReportJson) as JsonObject,
        };
        report.Figures(
            ("Blocking", Amounts.Count(blocking)),
            ("Warnings", Amounts.Count(warnings)),
            ("Notes", Amounts.Count(preflight.Count(PreflightSeverity.Info))),
            ("Accepted by the baseline", Amounts.Count(preflight.Accepted.Length)));
        foreach (var group in preflight.Findings.GroupBy(static finding => (finding.Severity, finding.Rule, finding.Behavior, finding.Remedy)))
        {
            report
                .Section($"{PreflightWriters.Word(group.Key.Severity)} {group.Key.Rule}", group.Key.Behavior)
                .Notes([$"To do: {group.Key.Remedy}.", $"Explained in docs/preflight.md#{group.Key.Rule}."])
                .Table(new ReportTable("Where", [new("Object"), new("Field"), new("File"), new("Line", true)]).With(group, static finding => new(
                    ToneOf(finding.Severity),
                    finding.Subject.ToString(),
                    finding.Field,
                    finding.Subject.File,
                    finding.Subject.Line == 0 ? "" : Amounts.Count(finding.Subject.Line))));
        }

        return report.ToHtml();
    }

    private static string Answer(int blocking, int warnings) => (blocking, warnings) is (0, 0)
        ? "Nothing that the rules know."
        : $"{Amounts.Count(blocking)} blocking, {Amounts.Count(warnings)} warnings.";

    private static ReportTone ToneOf(PreflightSeverity? severity) => severity switch
    {
        PreflightSeverity.Block => ReportTone.Bad,
        PreflightSeverity.Warning => ReportTone.Open,
        PreflightSeverity.Info => ReportTone.Plain,
        _ => ReportTone.Good,
    };
}
