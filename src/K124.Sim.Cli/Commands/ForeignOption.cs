using System.CommandLine;

namespace K124.Sim.Cli.Commands;

/// <summary>The option that passes over what is no Kubernetes object.</summary>
internal static class ForeignOption
{
    public const string Name = "--skip-foreign";

    public static Option<bool> Create() => new(Name)
    {
        Description = "Pass over files and documents that hold no Kubernetes object, and copies of objects, and list them, instead of refusing them.",
    };
}
