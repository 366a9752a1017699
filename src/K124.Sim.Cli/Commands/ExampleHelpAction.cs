using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace K124.Sim.Cli.Commands;

/// <summary>Prints the usual help, then the command's examples and the exit codes.</summary>
internal sealed class ExampleHelpAction(HelpAction help) : SynchronousCommandLineAction
{
    private const string ExitCodes =
        """
        Exit codes:
          0    done
          1    the answer is no: it does not fit, a pod is unschedulable, a case differs
          2    bad input or usage
          130  cancelled with Ctrl+C
        """;

    // Help must also be shown for a command whose required options are missing.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        help.MaxWidth = Terminal.RedirectedWidth;
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is ExampleCommand command)
        {
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        output.WriteLine(ExitCodes);
        return code;
    }
}
