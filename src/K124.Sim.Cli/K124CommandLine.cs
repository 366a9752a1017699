using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using K124.Sim.Cli.Commands;
using K124.Sim.Cli.Commands.Jobs;
using K124.Sim.Cli.Commands.Planning;
using K124.Sim.Cli.Commands.Preflight;
using K124.Sim.Cli.Commands.Probes;
using K124.Sim.Cli.Commands.ServiceIPs;

namespace K124.Sim.Cli;

/// <summary>The command line of <c>k124</c>.</summary>
internal static class K124CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">The words after the tool's name.</param>
    /// <param name="terminal">Where to write to.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        var root = Build(terminal, cancellationToken);
        var parse = Parse(root, args);
        if (IsGroupAlone(parse))
        {
            parse = Parse(root, [.. args, "--help"]);
        }

        if (parse.Action is ParseErrorAction)
        {
            return Refuse(parse, terminal);
        }

        try
        {
            return parse.Invoke(new()
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Error.WriteLine("cancelled");
            return ExitCode.Cancelled;
        }
    }

    private static ParseResult Parse(RootCommand root, IReadOnlyList<string> args) => root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>Whether nothing but the name of a group of commands was given: it is answered with its help.</summary>
    private static bool IsGroupAlone(ParseResult parse) =>
        parse.Action is ParseErrorAction && parse.UnmatchedTokens.Count == 0 && parse.CommandResult.Command.Subcommands.Count > 0
        && parse.CommandResult.Tokens.Count == 0;

    private static RootCommand Build(Terminal terminal, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Capacity questions over a Kubernetes cluster dump, answered as the 1.24 scheduler decides.")
        {
            new FitCommand(terminal, cancellationToken),
            new PlaceCommand(terminal, cancellationToken),
            new ExplainCommand(terminal, cancellationToken),
            new DrainCommand(terminal, cancellationToken),
            new GrowCommand(terminal, cancellationToken),
            new ShrinkCommand(terminal, cancellationToken),
            new SurviveCommand(terminal, cancellationToken),
            new HeadroomCommand(terminal, cancellationToken),
            new FragmentationCommand(terminal, cancellationToken),
            new UpgradeCommand(terminal, cancellationToken),
            new WhatIfCommand(terminal, cancellationToken),
            new DiffCommand(terminal),
            new RunCommand(terminal, cancellationToken),
            new RolloutCommand(terminal, cancellationToken),
            new ServeCommand(terminal, cancellationToken),
            new PreflightCommand(terminal, cancellationToken),
            new VerifyCommand(terminal, cancellationToken),
            ServiceIPCommand.Create(terminal, cancellationToken),
            JobCommand.Create(terminal, cancellationToken),
            ProbeCommand.Create(terminal, cancellationToken),
        };
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new ExampleHelpAction((HelpAction)option.Action!);
        }

        return root;
    }

    private static int Refuse(ParseResult parse, Terminal terminal)
    {
        foreach (var message in UsageErrors.Of(parse.Errors.Select(static error => error.Message)))
        {
            terminal.Error.WriteLine($"error: {message}");
        }

        var path = new Stack<string>(["--help"]);
        for (var result = parse.CommandResult; result.Parent is CommandResult parent; result = parent)
        {
            path.Push(result.Command.Name);
        }

        terminal.Error.WriteLine($"See 'k124 {string.Join(' ', path)}'.");
        return ExitCode.BadInput;
    }
}
