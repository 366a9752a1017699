using System.Collections.Immutable;
using K124.Sim.Conformance.Run;

namespace K124.Sim.Cli.Output;

/// <summary>The document of <c>k124 verify</c>.</summary>
internal sealed record VerifyReportJson(
    string ApiVersion,
    string Kind,
    string Directory,
    int Cases,
    int Agree,
    int Differ,
    int NotCovered,
    ImmutableArray<VerifyFileJson> Files)
{
    public static VerifyReportJson Of(ConformanceReport report) => new(
        JsonOutput.ApiVersion,
        "VerifyReport",
        report.Directory,
        report.Cases,
        report.Agree,
        report.Differ,
        report.NotCovered,
        [.. report.Files.Select(VerifyFileJson.Of)]);
}

internal sealed record VerifyFileJson(
    string Path,
    string Area,
    int Cases,
    int Agree,
    int Differ,
    int NotCovered,
    ImmutableArray<BehaviourCount> NotCoveredBehaviours,
    ImmutableArray<CaseDifference> Differences,
    int DifferencesLeftOut,
    double ElapsedMilliseconds)
{
    public static VerifyFileJson Of(FileReport file) => new(
        file.Path,
        file.Area,
        file.Cases,
        file.Agree,
        file.Differ,
        file.NotCovered,
        file.Behaviours,
        file.Differences,
        file.Differ - file.Differences.Length,
        file.Elapsed.TotalMilliseconds);
}
