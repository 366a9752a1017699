using System.Globalization;
using K124.Sim.Batch.Forecast;

namespace K124.Sim.Benchmarks.Batch;

/// <summary>The figures of the docs page on Jobs in half a minute, in processor time of this process, so that a busy machine disturbs them little.</summary>
internal static class JobFigures
{
    private const int Repeats = 5;

    public static int Write(TextWriter output)
    {
        Drive(10_000, output);
        Drive(100_000, output);
        DriveLarge(100_000, output);
        DriveLarge(1_000_000, output);
        Idle(1_000, output);
        Idle(1_000_000, output);
        Forecast(50, output);
        Forecast(500, output);
        return 0;
    }

    private static void Drive(int completions, TextWriter output)
    {
        var drive = new DriveIndexedJob { Completions = completions };
        var incremental = Best(() => drive.Incremental());
        var recounting = Best(() => drive.Recounting(), repeats: 2);
        Line(output, $"Indexed Job of {completions:N0}, to Complete: {incremental.TotalMilliseconds:0.00} ms, recounting {recounting.TotalMilliseconds:N0} ms: {recounting / incremental:N0}x");
    }

    private static void DriveLarge(int completions, TextWriter output)
    {
        var large = new LargeIndexedJob { Completions = completions };
        var time = Best(() => large.ToComplete());
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var simulation = JobData.Run(completions, parallelism: 500);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(simulation);
        Line(output, $"Indexed Job of {completions:N0}, to Complete: {time.TotalMilliseconds:N0} ms, {held / 1e6:N0} MB held at the end, {Environment.WorkingSet / 1e6:N0} MB working set");
    }

    private static void Idle(int completions, TextWriter output)
    {
        const int Syncs = 1_000_000;
        var idle = new IdleSync { Completions = completions };
        idle.Setup();
        var time = Best(() =>
        {
            var forgotten = 0;
            for (var i = 0; i < Syncs; i++)
            {
                forgotten += idle.NothingToDo() ? 1 : 0;
            }

            return forgotten;
        });
        Line(output, $"sync with nothing to do, Job of {completions:N0}: {time.TotalNanoseconds / Syncs:N0} ns");
    }

    private static void Forecast(int parallelism, TextWriter output)
    {
        var options = ForecastJob.Options(parallelism) with { Runs = 500 };
        var time = Best(() => (int)(JobForecast.Run(options, maxThreads: 1).WastedShare * 1e6));
        Line(output, $"forecast of 1,000 completions, parallelism {parallelism}: {options.Runs / time.TotalSeconds:N0} runs/s on one core");
    }

    private static TimeSpan Best(Func<int> run, int repeats = Repeats)
    {
        // Past the compiler's first tiers.
        var warm = Environment.CpuUsage.TotalTime + TimeSpan.FromSeconds(0.5);
        while (Environment.CpuUsage.TotalTime < warm)
        {
            run();
        }

        var best = TimeSpan.MaxValue;
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var start = Environment.CpuUsage.TotalTime;
            run();
            var took = Environment.CpuUsage.TotalTime - start;
            best = took < best ? took : best;
        }

        return best;
    }

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
