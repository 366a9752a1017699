using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using K124.Sim.Benchmarks;
using K124.Sim.Benchmarks.Batch;
using K124.Sim.Benchmarks.ControlPlane;
using K124.Sim.Benchmarks.Planning;
using K124.Sim.Benchmarks.Scheduling.Quick;

if (args is ["quick", ..])
{
    return QuickCommand.Create().Parse(args[1..]).Invoke();
}

if (args is ["planning", ..])
{
    return PlanningFigures.Write(Console.Out, args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 5_000);
}

if (args is ["jobs"])
{
    return JobFigures.Write(Console.Out);
}

if (args is ["controllers", ..])
{
    return ControllerFigures.Write(Console.Out, args.ElementAtOrDefault(1));
}

// The library is compiled anew for the benchmarks, which on a busy computer of two cores takes longer than the two minutes allowed for by default.
var config = ManualConfig.Create(DefaultConfig.Instance)
    .WithBuildTimeout(TimeSpan.FromMinutes(10))
    .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40).WithRatioStyle(RatioStyle.Trend));
BenchmarkSwitcher.FromAssembly(typeof(LoadingBenchmarks).Assembly).Run(args, config);
return 0;
