using System.Collections.Immutable;

namespace K124.Sim.Conformance.Run;

/// <summary>What came of running all recordings below a directory.</summary>
/// <param name="Directory">The directory, or the one file, as it was given.</param>
/// <param name="Files">File by file, ordered by path.</param>
/// <param name="Problem">Why nothing could be verified; null if it could.</param>
public sealed record ConformanceReport(string Directory, ImmutableArray<FileReport> Files, string? Problem = null)
{
    /// <summary>All cases.</summary>
    public int Cases => Files.Sum(static file => file.Cases);

    /// <summary>Cases on which the library decides as recorded.</summary>
    public int Agree => Files.Sum(static file => file.Agree);

    /// <summary>Cases on which it decides otherwise, or that cannot be read.</summary>
    public int Differ => Files.Sum(static file => file.Differ);

    /// <summary>Cases that need behaviour that the library does not have.</summary>
    public int NotCovered => Files.Sum(static file => file.NotCovered);
}

/// <summary>What came of the cases of one file.</summary>
/// <param name="Path">Path below the directory, with forward slashes.</param>
/// <param name="Area">Area that the file belongs to.</param>
/// <param name="Agree">Cases on which the library decides as recorded.</param>
/// <param name="Differ">Cases on which it decides otherwise, or that cannot be read.</param>
/// <param name="NotCovered">Cases that need behaviour that the library does not have.</param>
/// <param name="Behaviours">That behaviour, by name; a case counts for each that it needs.</param>
/// <param name="Differences">The first cases that differ.</param>
/// <param name="Elapsed">Time taken, reading included.</param>
public sealed record FileReport(
    string Path,
    string Area,
    int Agree,
    int Differ,
    int NotCovered,
    ImmutableArray<BehaviourCount> Behaviours,
    ImmutableArray<CaseDifference> Differences,
    TimeSpan Elapsed)
{
    /// <summary>All cases of the file.</summary>
    public int Cases => Agree + Differ + NotCovered;
}

/// <summary>How many cases need a behaviour that the library does not have.</summary>
/// <param name="Name">Name of the behaviour.</param>
/// <param name="Cases">How many cases.</param>
public readonly record struct BehaviourCount(string Name, int Cases);

/// <summary>A case that differs.</summary>
/// <param name="Line">Line in the decompressed file, from 1.</param>
/// <param name="Id">The case's id; empty if it cannot be read.</param>
/// <param name="Details">What differs, line by line.</param>
public sealed record CaseDifference(int Line, string Id, ImmutableArray<string> Details);
