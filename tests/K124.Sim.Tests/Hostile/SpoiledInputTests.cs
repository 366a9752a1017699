using System.Globalization;
using K124.Sim.Tests.Cli;
using Xunit.Abstractions;

namespace K124.Sim.Tests.Hostile;

/// <summary>Whatever stands in the files: the tool answers, or says what is wrong, or hears that it shall stop, within bounded memory. It never falls over.</summary>
/// <remarks>K124_FUZZ_MINUTES makes it look longer, with inputs of another seed each time.</remarks>
public sealed class SpoiledInputTests(ITestOutputHelper log) : IDisposable
{
    private const int Runs = 250;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly CliHarness _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_tool_never_falls_over()
    {
        var minutes = int.Parse(Environment.GetEnvironmentVariable("K124_FUZZ_MINUTES") ?? "0", CultureInfo.InvariantCulture);
        var end = DateTime.UtcNow.AddMinutes(minutes);
        var seed = minutes > 0 ? Environment.TickCount : 1;
        var count = 0;
        var codes = new Dictionary<int, int>();
        var commands = CaseCommands.All().ToArray();
        Assert.True(commands.Length > 20, "the cases have commands");
        for (; count < Runs || DateTime.UtcNow < end; count++)
        {
            var code = RunSpoiled(commands[count % commands.Length], seed + count);
            codes[code] = codes.GetValueOrDefault(code) + 1;
        }

        log.WriteLine($"{count} runs: {string.Join(", ", codes.OrderBy(static pair => pair.Key).Select(static pair => $"{pair.Value} ended with {pair.Key}"))}");
    }

    private static string Spoil(string file, Random random) => file.EndsWith(".json", StringComparison.Ordinal) && random.Next(4) > 0
        ? TreeMutations.Spoil(File.ReadAllText(file), random)
        : TextMutations.Spoil(File.ReadAllText(file), random);

    private int RunSpoiled(CaseCommand command, int seed)
    {
        var random = new Random(seed);
        var victim = random.Next(command.Files.Length);
        string[] paths = [.. command.Files.Select((file, i) => i == victim ? _files.Write(Path.GetFileName(file), Spoil(file, random)) : file)];
        var arguments = command.ArgumentsWith(paths);
        using var patience = new CancellationTokenSource(Patience);
        CliRun run;
        try
        {
            run = CliHarness.Run(patience.Token, arguments);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"seed {seed}: k124 {string.Join(' ', arguments)}\n{File.ReadAllText(paths[victim])}", exception);
        }

        var told = $"seed {seed}: k124 {string.Join(' ', arguments)}: {run.Code}\n{run.Error}\n{File.ReadAllText(paths[victim])}";
        Assert.True(run.Code is 0 or 1 or 2 || (run.Code == 130 && patience.IsCancellationRequested), told);
        Assert.True(run.Code != 2 || run.Error.Length > 0 && !run.Error.Contains("Unhandled", StringComparison.Ordinal), told);
        Assert.True(GC.GetTotalMemory(forceFullCollection: false) < 4_000_000_000, told);
        return run.Code;
    }
}
