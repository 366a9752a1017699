using BenchmarkDotNet.Configs;

namespace K124.Sim.Benchmarks.Scheduling;

/// <summary>The table of decisions: how many a second, how many times as fast as the reference, bytes.</summary>
internal sealed class DecisionTable : ManualConfig
{
    public DecisionTable()
    {
        AddColumn(new DecisionsPerSecond());
        HideColumns("Job", "StdDev", "Median", "RatioSD", "Gen0", "Gen1", "Gen2", "Alloc Ratio", "InvocationCount", "IterationCount", "UnrollFactor", "WarmupCount");
    }
}
