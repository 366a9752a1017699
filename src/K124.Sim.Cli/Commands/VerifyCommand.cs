using System.CommandLine;
using K124.Sim.Cli.Output;
using K124.Sim.Conformance;
using K124.Sim.Conformance.Run;

namespace K124.Sim.Cli.Commands;

/// <summary><c>k124 verify</c>: runs recorded decisions of the real 1.24 components through the library.</summary>
internal sealed class VerifyCommand : ExampleCommand
{
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;
    private readonly Argument<string> _path = new Argument<string>("PATH")
    {
        Description = $"Folder with *.jsonl and *.jsonl.gz, below folders named {string.Join(", ", Areas.Names)}; or one such folder, or one file of it.",
        HelpName = "PATH",
    }.RefusingOptions();

    private readonly Option<bool> _allowUncovered = new("--allow-uncovered")
    {
        Description = "Exit with 0 even if some cases need behaviour that the library does not have yet.",
    };

    private readonly Option<int> _showDifferences = new("--show-differences")
    {
        Description = "Show this many differing cases of each file in full.",
        HelpName = "N",
        DefaultValueFactory = static _ => new ConformanceOptions().DifferencesKept,
    };

    private readonly OutputOption _output = new();

    public VerifyCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(
            "verify",
            "Run recorded decisions of the real 1.24 components through the library and report where it decides otherwise.",
            "k124 verify vectors",
            "k124 verify vectors/scheduler --allow-uncovered -o json")
    {
        _terminal = terminal;
        _cancellationToken = cancellationToken;
        Add(_path);
        Add(_allowUncovered);
        Add(_showDifferences);
        Add(_output.Option);
        SetAction(Execute);
    }

    private int Execute(ParseResult parse)
    {
        ConformanceReport report;
        using (var status = new StatusLine(_terminal))
        {
            try
            {
                report = new ConformanceRun(new()
                {
                    Clock = _terminal.Clock,
                    DifferencesKept = parse.GetValue(_showDifferences),
                    Progress = progress => status.Show(() => $"{progress.Path}: {progress.Line} cases"),
                }).Verify(parse.GetRequiredValue(_path), _cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                status.Dispose();
                _terminal.Error.WriteLine($"error: {exception.Message}");
                return ExitCode.BadInput;
            }
        }

        if (report.Problem is { } problem)
        {
            _terminal.Error.WriteLine($"error: {problem}");
            return ExitCode.BadInput;
        }

        if (_output.IsJson(parse))
        {
            JsonOutput.Write(_terminal, VerifyReportJson.Of(report), OutputJson.Readable.VerifyReportJson);
        }
        else
        {
            VerifyTables.Write(_terminal, report);
        }

        var isNegative = report.Differ > 0 || (report.NotCovered > 0 && !parse.GetValue(_allowUncovered));
        return isNegative ? ExitCode.Negative : ExitCode.Done;
    }
}
