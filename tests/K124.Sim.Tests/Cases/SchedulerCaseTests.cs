using K124.Sim.Manifests;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Tests.Cli;
using static K124.Sim.Tests.Cases.CaseFiles;

namespace K124.Sim.Tests.Cases;

public sealed class SchedulerCaseTests
{
    [Fact]
    public void A_profile_may_disable_a_plugin_that_is_gone()
    {
        const string Case = "profile-disables-a-plugin-that-is-gone";
        var run = CliHarness.Run("fit", "--cluster", Of(Case, "cluster.json"), "--pod", Of(Case, "pod.json"), "--profile", Of(Case, "scheduler.yaml"), "--max", "2", "-o", "json");
        Assert.Equal((0, 2), (run.Code, run.Json().GetProperty("replicas").GetInt32()));
    }

    [Fact]
    public void A_plan_without_extenders_ignores_what_they_take_over_and_says_so()
    {
        const string Case = "profile-with-an-extender";
        string[] arguments = ["fit", "--cluster", Of(Case, "cluster.json"), "--pod", Of(Case, "pod.json"), "--profile", Of(Case, "scheduler.yaml"), "-o", "json"];
        var refused = CliHarness.Run(arguments);
        Assert.Equal(2, refused.Code);
        Assert.Contains("--without-extenders", refused.Error, StringComparison.Ordinal);
        var run = CliHarness.Run([.. arguments, "--without-extenders"]);
        Assert.Equal((0, 8), (run.Code, run.Json().GetProperty("replicas").GetInt32()));
        Assert.Contains("note: 1 extender left out", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_is_nested_deep_is_refused_with_its_file()
    {
        var result = SchedulerConfigurationReader.Read(Of("scheduler-config-deep", "config.yaml"));
        Assert.Contains("config.yaml: x: unknown field", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        var deeper = SchedulerConfigurationReader.Parse(
            $"apiVersion: kubescheduler.config.k8s.io/v1beta3\nkind: KubeSchedulerConfiguration\nx: {new string('[', 600)}{new string(']', 600)}\n");
        Assert.Contains("nested more than 512 deep", Assert.Single(deeper.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_and_Place_agree_on_sums_that_wrap_around()
    {
        var cluster = ClusterReader.Read([Of("place-explain-overflow", "cluster.json")]).Cluster!;
        var pod = (Pod)ManifestReader.Read([Of("place-explain-overflow", "pod.json")]).Objects[0];
        var scheduler = new Scheduler(cluster, new() { PercentageOfNodesToScore = 100 });
        var explained = scheduler.Explain(pod).Result;
        Assert.Equal(SchedulingOutcome.Error, explained.Outcome);
        Assert.Contains("returns an invalid score", explained.Message, StringComparison.Ordinal);
        Assert.Equal(explained.Message, scheduler.Place(pod).ToResult().Message);
    }
}
