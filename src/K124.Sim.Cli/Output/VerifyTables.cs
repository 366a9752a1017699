using System.Globalization;
using K124.Sim.Conformance.Run;
using Spectre.Console;

namespace K124.Sim.Cli.Output;

/// <summary>Shows people what came of recorded decisions.</summary>
internal static class VerifyTables
{
    private const int DetailLines = 20;

    public static void Write(Terminal terminal, ConformanceReport report)
    {
        WriteFiles(terminal, report);
        WriteBehaviours(terminal, report);
        WriteDifferences(terminal, report);
        terminal.WriteLine(
            $"{Amounts.Count(report.Cases)} cases: {Amounts.Count(report.Agree)} agree, {Amounts.Count(report.Differ)} differ, "
            + $"{Amounts.Count(report.NotCovered)} not covered yet.",
            StyleOf(report.Differ, report.NotCovered));
    }

    private static Style StyleOf(int differ, int notCovered) => (differ, notCovered) switch
    {
        ( > 0, _) => TableView.Bad,
        (_, > 0) => TableView.Open,
        _ => TableView.Good,
    };

    private static void WriteFiles(Terminal terminal, ConformanceReport report)
    {
        var table = new TableView().Text("FILE").Number("CASES").Number("AGREE").Number("DIFFER").Number("NOT COVERED").Number("TIME");
        foreach (var file in report.Files)
        {
            table.Row(
                StyleOf(file.Differ, file.NotCovered),
                file.Path,
                Amounts.Count(file.Cases),
                Amounts.Count(file.Agree),
                Amounts.Count(file.Differ),
                Amounts.Count(file.NotCovered),
                Seconds(file.Elapsed));
        }

        table.WriteTo(terminal);
    }

    private static void WriteBehaviours(Terminal terminal, ConformanceReport report)
    {
        if (report.NotCovered == 0)
        {
            return;
        }

        var table = new TableView().Text("NOT COVERED YET").Number("CASES").Text("FILE");
        foreach (var file in report.Files)
        {
            foreach (var (name, cases) in file.Behaviours)
            {
                table.Row(name, Amounts.Count(cases), file.Path);
            }
        }

        table.WriteTo(terminal);
    }

    private static void WriteDifferences(Terminal terminal, ConformanceReport report)
    {
        foreach (var file in report.Files.Where(static file => file.Differ > 0))
        {
            foreach (var difference in file.Differences)
            {
                terminal.Output.WriteLine($"{file.Path}:{difference.Line}: {(difference.Id.Length > 0 ? difference.Id : "(no id)")}");
                foreach (var detail in difference.Details.Take(DetailLines))
                {
                    terminal.Output.WriteLine($"    {detail}");
                }

                if (difference.Details.Length > DetailLines)
                {
                    terminal.Output.WriteLine($"    and {Amounts.Count(difference.Details.Length - DetailLines)} more lines; -o json has them all");
                }
            }

            if (file.Differ > file.Differences.Length)
            {
                terminal.Output.WriteLine($"{file.Path}: and {Amounts.Count(file.Differ - file.Differences.Length)} more cases that differ");
            }

            terminal.Output.WriteLine();
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00 's'", CultureInfo.InvariantCulture);
}
