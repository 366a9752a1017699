using Spectre.Console;

namespace K124.Sim.Cli;

/// <summary>Where a command writes to, and the clock it measures itself by.</summary>
internal sealed class Terminal
{
    /// <summary>Columns of tables that go to a file or a pipe.</summary>
    public const int RedirectedWidth = 80;

    private readonly bool _outputIsTerminal;

    private Terminal(TextWriter output, TextWriter error, IAnsiConsole console, bool outputIsTerminal, bool errorIsTerminal, TimeProvider clock)
    {
        Output = output;
        Error = error;
        Console = console;
        ErrorIsTerminal = errorIsTerminal;
        _outputIsTerminal = outputIsTerminal;
        Clock = clock;
    }

    /// <summary>Answers, as plain lines.</summary>
    public TextWriter Output { get; }

    /// <summary>Errors, notes and progress.</summary>
    public TextWriter Error { get; }

    /// <summary>Answers in colour, where <see cref="Output"/> is a terminal.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Columns of a line.</summary>
    public int Width => Console.Profile.Width;

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

        return new(output, error, console, outputIsTerminal, errorIsTerminal, clock);
    }

    /// <summary>Writes a line of an answer, in colour where that is shown.</summary>
    public void WriteLine(string line, Style style)
    {
        if (_outputIsTerminal && style != Style.Plain)
        {
            Console.Write(new Spectre.Console.Text(line, style));
            Output.WriteLine();
        }
        else
        {
            Output.WriteLine(line);
        }
    }
}
