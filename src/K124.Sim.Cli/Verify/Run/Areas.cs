using System.Collections.Immutable;

namespace K124.Sim.Cli.Verify.Run;

/// <summary>The areas that have recordings.</summary>
internal static class Areas
{
    /// <summary>Name of each area, and its verifier.</summary>
    private static readonly ImmutableArray<(string Name, Func<IAreaVerifier> Create)> All =
    [
        ("scheduler", static () => new SchedulerVerifier()),
        ("storage", static () => new StorageVerifier()),
        ("clusterip", static () => new ClusterIPVerifier()),
        ("jobs", static () => new JobsVerifier()),
    ];

    public static IEnumerable<string> Names => All.Select(static area => area.Name);

    /// <summary>The area that a file belongs to: the first known name among the folders below the directory, else the directory's own.</summary>
    /// <param name="directory">Full path of the directory.</param>
    /// <param name="relativePath">Path of the file below it.</param>
    /// <returns>Name of the area; null if no name is known.</returns>
    public static string? Of(string directory, string relativePath) =>
        relativePath.Split(Path.DirectorySeparatorChar)[..^1].Append(Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)))
            .FirstOrDefault(name => Names.Contains(name, StringComparer.Ordinal));

    /// <summary>Makes the verifier of an area.</summary>
    public static IAreaVerifier VerifierOf(string name) => All.Single(area => area.Name == name).Create();
}
