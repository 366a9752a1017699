using System.Diagnostics;
using System.Text;
using K124.Sim.Manifests;
using K124.Sim.Tests.Cli;
using static K124.Sim.Tests.Cases.CaseFiles;

namespace K124.Sim.Tests.Cases;

public sealed class LoadingCaseTests
{
    [Fact]
    public void A_pod_on_a_node_that_left_is_noted_and_planned_on()
    {
        const string Case = "pod-on-a-node-that-left";
        var run = CliHarness.Run("fit", "--cluster", Of(Case, "cluster.json"), "--pod", Of(Case, "pod.json"), "-o", "json");
        Assert.Equal((0, 3), (run.Code, run.Json().GetProperty("replicas").GetInt32()));
        Assert.Contains("on nodes that are not in the cluster: they count nowhere", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sidecar", 3, "note: 1 pod has fields that 1.24 does not know: initContainers[].restartPolicy")]
    [InlineData("spread", 1, "nodeTaintsPolicy")]
    public void Fields_of_newer_releases_are_dropped_and_named(string name, int replicas, string note)
    {
        const string Case = "fields-of-newer-releases";
        var run = CliHarness.Run("fit", "--cluster", Of(Case, $"{name}-cluster.json"), "--pod", Of(Case, $"{name}-pod.json"), "-o", "json");
        Assert.Equal(replicas, run.Json().GetProperty("replicas").GetInt32());
        Assert.Contains(note, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_holds_no_object_is_refused_or_passed_over()
    {
        var folder = Path.GetDirectoryName(Of("folder-with-a-foreign-json", "n1.json"))!;
        var refused = ClusterReader.Read(folder);
        Assert.True(Assert.Single(refused.Errors).IsForeign);
        var read = ClusterReader.Read(folder, new() { PassOverForeign = true });
        Assert.Single(read.RequireCluster().Nodes);
        Assert.Contains("n1-storage.json", Assert.Single(read.PassedOver).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Time_follows_the_number_of_members(bool collide)
    {
        var text = new StringBuilder("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n","labels":{""");
        for (var i = 0; i < 200_000; i++)
        {
            text.Append(i > 0 ? "," : "").Append(collide ? $"\"example.{i:D6}/label123\":\"\"" : $"\"l{i}\":\"\"");
        }

        var watch = Stopwatch.StartNew();
        Assert.Single(ClusterReader.Parse(text.Append("}}}").ToString()).RequireCluster().Nodes);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_member_that_occurs_twice_is_found_however_it_is_spelled()
    {
        var result = ClusterReader.Parse("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n","na\u006de":"m"}}""");
        Assert.Contains("the member occurs twice", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_told()
    {
        var result = ClusterReader.Parse("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n","labels":{"a":"\ud800"}}}""");
        Assert.Equal("the text holds half of a surrogate pair", Assert.Single(result.Errors).Message);
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n","annotations":{"a":"0123456789012345678901234567890123456789"}}}""", "one value is larger than 32 bytes")]
    [InlineData("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"n"}}""", "")]
    public void Limits_are_told(string text, string error)
    {
        var result = ClusterReader.Parse(text, new() { MaxValueBytes = 32 });
        Assert.Equal(error, result.Errors.Select(static found => found.Message).FirstOrDefault() ?? "");
    }
}
