using BenchmarkDotNet.Running;
using K124.Sim.Benchmarks;
using K124.Sim.Benchmarks.Batch;
using K124.Sim.Benchmarks.Scheduling.Quick;

if (args is ["quick", ..])
{
    return QuickCommand.Create().Parse(args[1..]).Invoke();
}

if (args is ["jobs"])
{
    return JobFigures.Write(Console.Out);
}

BenchmarkSwitcher.FromAssembly(typeof(LoadingBenchmarks).Assembly).Run(args);
return 0;
