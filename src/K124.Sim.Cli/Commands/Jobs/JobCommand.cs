using System.CommandLine;

namespace K124.Sim.Cli.Commands.Jobs;

/// <summary><c>k124 job</c>: the commands about Jobs.</summary>
internal static class JobCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellationToken) =>
        new("job", "Drives Jobs on virtual time with the decisions of the 1.24 Job controller.")
        {
            new JobRunCommand(terminal, cancellationToken),
            new JobForecastCommand(terminal, cancellationToken),
        };
}
