using K124.Sim.Preflight;
using Spectre.Console;

namespace K124.Sim.Cli.Output.Preflight;

/// <summary>Shows people what stands in the way of an upgrade: one paragraph for what is the same in many objects.</summary>
internal static class PreflightTables
{
    private const int ObjectsShown = 5;

    public static void Write(Terminal terminal, PreflightReport report)
    {
        foreach (var group in report.Findings.GroupBy(static finding => (finding.Severity, finding.Rule, finding.Behavior, finding.Remedy)))
        {
            var (severity, rule, behavior, remedy) = group.Key;
            terminal.WriteLine($"{PreflightWriters.Word(severity),-5}  {rule}", StyleOf(severity));
            WriteWrapped(terminal, behavior);
            WriteWrapped(terminal, $"To do: {remedy}.");
            foreach (var finding in group.Take(ObjectsShown))
            {
                terminal.Output.WriteLine($"       - {finding.Subject}{(finding.Field.Length > 0 ? $": {finding.Field}" : "")}{Place(finding.Subject)}");
            }

            if (group.Count() > ObjectsShown)
            {
                terminal.Output.WriteLine($"       and {Amounts.Count(group.Count() - ObjectsShown)} more");
            }

            terminal.Output.WriteLine();
        }

        var accepted = report.Accepted.IsEmpty ? "" : $"; {Amounts.Count(report.Accepted.Length)} more accepted by the baseline";
        terminal.WriteLine(
            $"To {report.Release}: {Amounts.Count(report.Count(PreflightSeverity.Block))} blocking, {Amounts.Count(report.Count(PreflightSeverity.Warning))} warnings, "
            + $"{Amounts.Count(report.Count(PreflightSeverity.Info))} notes{accepted}. The rules are explained in docs/preflight.md.",
            report.Worst is { } worst ? StyleOf(worst) : TableView.Good);
    }

    private static string Place(PreflightSubject subject) => subject.File.Length == 0 || subject.Line == 0 ? "" : $" ({subject.File}:{subject.Line})";

    private static Style StyleOf(PreflightSeverity severity) => severity switch
    {
        PreflightSeverity.Block => TableView.Bad,
        PreflightSeverity.Warning => TableView.Open,
        _ => TableView.Plain,
    };

    private static void WriteWrapped(Terminal terminal, string text)
    {
        const string Indent = "       ";
        var line = Indent;
        foreach (var word in text.Split(' '))
        {
            if (line.Length > Indent.Length && line.Length + word.Length + 1 > terminal.Width)
            {
                terminal.Output.WriteLine(line.TrimEnd());
                line = Indent;
            }

            line += word + " ";
        }

        terminal.Output.WriteLine(line.TrimEnd());
    }
}
