using Spectre.Console;

namespace K124.Sim.Cli;

/// <summary>Where a command writes to, and the clock it measures itself by.</summary>
internal sealed class Terminal
{
    /// <summary>Columns of tables that go to a file or a pipe.</summary>
    public const int RedirectedWidth = 100;

    private Terminal(TextWriter output, TextWriter error, IAnsiConsole console, bool errorIsTerminal, TimeProvider clock)
    {
        Output = output;
        Error = error;
        Console = console;
        ErrorIsTerminal = errorIsTerminal;
        Clock = clock;
    }

    /// <summary>Answers, as plain lines.</summary>
    public TextWriter Output { get; }

    /// <summary>Errors, notes and progress.</summary>
    public TextWriter Error { get; }

    /// <summary>Answers, as tables and in colour where <see cref="Output"/> is a terminal.</summary>
    public IAnsiConsole Console { get; }

    public bool ErrorIsTerminal { get; }

    public TimeProvider Clock { get; }

    public static Terminal Create(TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal, TimeProvider clock)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = outputIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = outputIsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!outputIsTerminal)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return new(output, error, console, errorIsTerminal, clock);
    }
}
