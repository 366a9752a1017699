BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(K124.Sim.Benchmarks.LoadingBenchmarks).Assembly).Run(args);
