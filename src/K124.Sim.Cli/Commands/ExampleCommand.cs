using System.Collections.Immutable;
using System.CommandLine;

namespace K124.Sim.Cli.Commands;

/// <summary>A command whose help ends with examples.</summary>
internal class ExampleCommand(string name, string description, params ImmutableArray<string> examples) : Command(name, description)
{
    public ImmutableArray<string> Examples { get; } = examples;
}
