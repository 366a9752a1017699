using System.CommandLine;
using K124.Sim.Cli.Probing;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Cli.Commands.Probes;

/// <summary><c>k124 probe exec</c>.</summary>
internal sealed class ExecProbeCommand : SingleProbeCommand
{
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "The command and its arguments, after --.", Arity = ArgumentArity.OneOrMore };

    public ExecProbeCommand(Terminal terminal, CancellationToken cancellationToken)
        : base(terminal, "exec", "Run a command on this machine; exit code 0 is fine.", ["k124 probe exec -- pg_isready -h localhost"], cancellationToken) => Add(_command);

    protected override Task<ProbeAnswer> AskAsync(ParseResult parse, int timeoutSeconds, CancellationToken cancellationToken) =>
        ExecProber.ProbeAsync(parse.GetRequiredValue(_command), TimeSpan.FromSeconds(timeoutSeconds), cancellationToken);
}
