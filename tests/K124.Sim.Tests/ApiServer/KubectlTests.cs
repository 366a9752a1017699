using System.Diagnostics;
using K124.Sim.ApiServer;
using K124.Sim.Tests.ControlPlane;
using Xunit.Abstractions;

namespace K124.Sim.Tests.ApiServer;

/// <summary>The real kubectl, where there is one, against a cluster in memory.</summary>
public sealed class KubectlTests(ITestOutputHelper output)
{
    private const string Web =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: REPLICAS
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: "app:1"}]}
        """;

    [Fact]
    public async Task Usual_commands_do_what_they_do_on_a_cluster()
    {
        if (Find("kubectl") is not { } kubectl)
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

    [Fact]
    public async Task Workloads_are_applied_scaled_drained_and_deleted()
    {
        if (Find("kubectl") is not { } kubectl)
        {
            output.WriteLine("There is no kubectl on the PATH: its commands are not tried.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("k124-kubectl-");
        try
        {
            await using var cluster = await TestCluster.StartAsync(new() { Cluster = LivingCluster.Of(2), SettleTime = TimeSpan.FromMinutes(10) });
            await using var listener = await cluster.ListenAsync(new() { Kubeconfig = Path.Combine(folder.FullName, "config") });
            var session = new Session(kubectl, folder.FullName, output);
            var manifest = session.Write("web.yaml", Web.Replace("REPLICAS", "2", StringComparison.Ordinal));
            var changed = session.Write("more.yaml", Web.Replace("REPLICAS", "4", StringComparison.Ordinal));

            Assert.Contains("deployment.apps/web created", await session.RunAsync($"apply -f {manifest}"), StringComparison.Ordinal);
            Assert.Contains("deployment.apps/web unchanged", await session.RunAsync($"apply -f {manifest}"), StringComparison.Ordinal);
            Assert.Contains("successfully rolled out", await session.RunAsync("rollout status deployment web --timeout=60s"), StringComparison.Ordinal);
            Assert.Equal(2, (await session.RunAsync("get pods -A -l app=web -o name")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            Assert.Contains("2 desired | 2 updated | 2 total | 2 available", await session.RunAsync("describe deployment web"), StringComparison.Ordinal);
            Assert.Contains("Non-terminated Pods:", await session.RunAsync("describe node n0"), StringComparison.Ordinal);
            Assert.Contains("replicaset.apps/web-", await session.RunAsync("get all"), StringComparison.Ordinal);

            await session.RunAsync("scale deployment web --replicas=3");
            await session.RunAsync("wait --for=jsonpath={.status.readyReplicas}=3 deployment/web --timeout=30s");
            if (Find("diff") is not null)
            {
                Assert.Contains("+  replicas: 4", await session.RunAsync($"diff -f {changed}", exitCode: 1), StringComparison.Ordinal);
            }

            await session.RunAsync($"apply --server-side --force-conflicts -f {changed}");
            Assert.Equal("4", await session.RunAsync("get deployment web -o jsonpath={.status.readyReplicas}"));
            Assert.Contains("(server dry run)", await session.RunAsync("drain n0 --dry-run=server --ignore-daemonsets"), StringComparison.Ordinal);
            await session.RunAsync("cordon n0");
            Assert.Contains("SchedulingDisabled", await session.RunAsync("get node n0"), StringComparison.Ordinal);
            await session.RunAsync("drain n0 --timeout=60s");
            Assert.DoesNotContain("n0", await session.RunAsync("get pods -o jsonpath={.items[*].spec.nodeName}"), StringComparison.Ordinal);
            await session.RunAsync("set image deployment/web c=app:2");
            await session.RunAsync("rollout status deployment web --timeout=60s");
            Assert.Contains("2", await session.RunAsync("rollout history deployment web"), StringComparison.Ordinal);
            await session.RunAsync("delete deployment web --timeout=60s");
            Assert.Empty(await session.RunAsync("get pods -o name"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Commands_that_ask_in_protobuf_are_answered()
    {
        if (Find("kubectl") is not { } kubectl)
        {
            output.WriteLine("There is no kubectl on the PATH: its commands are not tried.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("k124-kubectl-");
        try
        {
            await using var cluster = await TestCluster.StartAsync(new() { SettleTime = TimeSpan.FromMinutes(1) });
            await using var listener = await cluster.ListenAsync(new() { Kubeconfig = Path.Combine(folder.FullName, "config") });
            var session = new Session(kubectl, folder.FullName, output);
            await session.RunAsync("create namespace team");
            await session.RunAsync("-n team create quota q --hard=pods=5,count/configmaps=3");
            await session.RunAsync("-n team create role reader --verb=get,list --resource=pods");
            await session.RunAsync("-n team create rolebinding readers --role=reader --user=carol");
            Assert.Equal("yes", (await session.RunAsync("auth can-i create pods")).Trim());
            Assert.Equal("yes", (await session.RunAsync("-n team auth can-i list pods --as=carol")).Trim());
            Assert.Equal("no", (await session.RunAsync("-n team auth can-i delete pods --as=carol", exitCode: 1)).Trim());
            await session.RunAsync("-n team create secret generic s --from-literal=a=1");
            Assert.Equal("MQ==", await session.RunAsync("-n team get secret s -o jsonpath={.data.a}"));
            await session.RunAsync("-n team create cronjob tick --image=app:1 --schedule=@hourly");
            await session.RunAsync("-n team create poddisruptionbudget p --selector=app=web --min-available=1");
            Assert.Contains("pods", await session.RunAsync("describe namespace team"), StringComparison.Ordinal);
            Assert.Contains("cluster-admin", await session.RunAsync("get clusterroles"), StringComparison.Ordinal);
            Assert.Contains("FIELDS:", await session.RunAsync("explain pod.spec"), StringComparison.Ordinal);
            Assert.Contains("deployments", await session.RunAsync("api-resources"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private sealed class Session(string kubectl, string folder, ITestOutputHelper output)
    {
        public string Write(string name, string text)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            return path;
        }

        public async Task<string> RunAsync(string arguments, int exitCode = 0)
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
            Assert.True(process.ExitCode == exitCode, $"kubectl {arguments}: {await error}");
            return text;
        }
    }
}
