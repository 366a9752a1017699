using System.Diagnostics;
using K124.Sim.Tests.Architecture;
using Xunit.Abstractions;

namespace K124.Sim.Tests.Cli;

/// <summary>The tool as a user gets it: packed, installed from the package, run as a process.</summary>
public sealed class PackedToolTests(ITestOutputHelper log) : IDisposable
{
    private const long MostBytes = 10_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("k124-tool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Installs_from_a_small_package_and_answers()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await Run("dotnet", "pack", Path.Combine(Repository.Root, "src", "K124.Sim.Cli"), "-c", configuration, "--no-build", "-o", _folder);
        var package = new FileInfo(Assert.Single(Directory.GetFiles(_folder, "*.nupkg")));
        log.WriteLine($"{package.Name}: {package.Length / 1e6:0.0} MB");
        Assert.InRange(package.Length, 1, MostBytes);

        await File.WriteAllTextAsync(Write("nuget.config"), $"""<configuration><packageSources><clear/><add key="here" value="{_folder}"/></packageSources></configuration>""");
        await Run("dotnet", "tool", "install", "K124.Sim.Cli", "--tool-path", Write("tools"), "--configfile", Write("nuget.config"), "--no-cache");
        var installed = new DirectoryInfo(Write("tools")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);
        log.WriteLine($"installed: {installed / 1e6:0.0} MB");

        await File.WriteAllTextAsync(Write("cluster.yaml"), CliHarness.Nodes);
        await File.WriteAllTextAsync(Write("pod.yaml"), CliHarness.Pod("web", "500m"));
        var answer = await Run(Path.Combine(Write("tools"), "k124"), "fit", "--cluster", Write("cluster.yaml"), "--pod", Write("pod.yaml"));
        Assert.StartsWith("6 replicas of shop/web fit.", answer, StringComparison.Ordinal);
    }

    private string Write(string name) => Path.Combine(_folder, name);

    private static async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await output}{await error}");
        return await output;
    }
}
