using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>A command run in the container.</summary>
public sealed record ExecAction
{
    private readonly Items<string> _command;

    /// <summary>The command.</summary>
    public ImmutableArray<string> Command { get => _command.Array; init => _command = new(value); }
}
