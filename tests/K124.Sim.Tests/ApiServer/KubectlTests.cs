using System.Diagnostics;
using K124.Sim.ApiServer;
using Xunit.Abstractions;

namespace K124.Sim.Tests.ApiServer;

/// <summary>The real kubectl, where there is one, against a cluster in memory.</summary>
public sealed class KubectlTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Usual_commands_do_what_they_do_on_a_cluster()
    {
        if (FindKubectl() is not { } kubectl)
        {
            output.WriteLine("There is no kubectl on the PATH: its commands are not tried.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("k124-kubectl-");
        try
        {
            await using var cluster = await TestCluster.StartAsync(new() { RealTime = TimeProvider.System });
            await using var listener = await cluster.ListenAsync(new() { Kubeconfig = Path.Combine(folder.FullName, "config") });
            var session = new Session(kubectl, folder.FullName, output);
            Assert.Contains("v1.24.0", await session.RunAsync("version"), StringComparison.Ordinal);
            Assert.Contains("kube-system", await session.RunAsync("get namespaces"), StringComparison.Ordinal);
            await session.RunAsync("create configmap settings --from-literal=a=1");
            Assert.Equal("1", await session.RunAsync("get configmap settings -o jsonpath={.data.a}"));
            await session.RunAsync("label configmap settings tier=x");
            Assert.Contains("settings", await session.RunAsync("get configmaps -l tier=x"), StringComparison.Ordinal);
            await session.RunAsync("delete configmap settings");
            Assert.DoesNotContain("settings", await session.RunAsync("get configmaps"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? FindKubectl() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);

    private sealed class Session(string kubectl, string folder, ITestOutputHelper output)
    {
        public async Task<string> RunAsync(string arguments)
        {
            var start = new ProcessStartInfo(kubectl, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["KUBECONFIG"] = Path.Combine(folder, "config");
            start.Environment["HOME"] = folder;
            using var process = Process.Start(start)!;
            var standard = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await process.WaitForExitAsync(limit.Token);
            var text = await standard;
            output.WriteLine($"$ kubectl {arguments}\n{text}{await error}");
            Assert.True(process.ExitCode == 0, $"kubectl {arguments}: {await error}");
            return text;
        }
    }
}
