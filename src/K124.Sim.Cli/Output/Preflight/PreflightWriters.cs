using System.Collections.Immutable;
using K124.Sim.Preflight;

namespace K124.Sim.Cli.Output.Preflight;

/// <summary>The forms in which findings are written.</summary>
internal static class PreflightWriters
{
    public const string Table = "table";

    private static readonly ImmutableArray<(string Name, Action<Terminal, PreflightReport> Write)> All =
    [
        (Table, PreflightTables.Write),
        ("json", static (terminal, report) => JsonOutput.Write(terminal, PreflightReportJson.Of(report), OutputJson.Readable.PreflightReportJson)),
        ("html", static (terminal, report) => terminal.Output.Write(PreflightHtml.Text(report))),
        ("sarif", static (terminal, report) => terminal.Output.WriteLine(PreflightSarif.Text(report))),
        ("junit", static (terminal, report) => terminal.Output.WriteLine(PreflightJUnit.Text(report))),
    ];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(static entry => entry.Name)];

    public static void Write(Terminal terminal, PreflightReport report, string name) => All.First(entry => entry.Name == name).Write(terminal, report);

    /// <summary>The word for a severity.</summary>
    public static string Word(PreflightSeverity severity) => severity switch
    {
        PreflightSeverity.Block => "BLOCK",
        PreflightSeverity.Warning => "WARN",
        _ => "INFO",
    };
}
