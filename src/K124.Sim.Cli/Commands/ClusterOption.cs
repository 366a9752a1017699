using System.CommandLine;

namespace K124.Sim.Cli.Commands;

/// <summary>The option that names the cluster.</summary>
internal static class ClusterOption
{
    public static Option<string[]> Create() => Paths("--cluster", "Files or folders with the cluster's objects, as kubectl get -o json or -o yaml prints them; - is standard input.");

    /// <summary>A required option that takes one or more paths.</summary>
    public static Option<string[]> Paths(string name, string description) => new Option<string[]>(name)
    {
        Description = description,
        HelpName = "PATH...",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    }.RefusingOptions();
}
