using K124.Sim.Batch.Forecast;
using K124.Sim.Batch.Jobs;
using K124.Sim.Batch.Jobs.Syncing;
using K124.Sim.Batch.Ttl;
using K124.Sim.Model;
using static K124.Sim.Tests.Batch.Jobs.JobTestData;

namespace K124.Sim.Tests.Batch.Jobs;

public class JobControllerTests
{
    private static Pod Owned(Job job, string name, int index, string phase, bool finalizer = true) => new()
    {
        Metadata = new()
        {
            Name = name,
            Namespace = "default",
            Uid = "uid-" + name,
            Labels = job.Spec.Template.Metadata.Labels,
            Annotations = StringMap<string>.Empty.With(JobNames.CompletionIndexAnnotation, $"{index}"),
            Finalizers = finalizer ? [JobNames.TrackingFinalizer] : [],
            OwnerReferences = [new() { Kind = "Job", Name = job.Metadata.Name, Uid = job.Metadata.Uid, Controller = true }],
        },
        Status = new() { Phase = phase },
    };

    private static JobSyncResult Sync(JobSyncRequest request, bool tracked = true, KubernetesRelease release = default) =>
        new JobController(Profile(tracked) with { Release = release }).Sync(request);

    [Fact]
    public void A_new_indexed_job_creates_its_lowest_indexes()
    {
        var result = Sync(new() { Job = NewJob(5, 3), Now = Start });
        Assert.Equal([0, 1, 2], result.Creations.Select(creation => creation.CompletionIndex!.Value));
        Assert.Equal(3, Assert.Single(result.StatusWrites).Active);
        Assert.Equal("job-1-", result.Creations[1].Pod.Metadata.GenerateName);
    }

    [Fact]
    public void An_orphan_with_matching_labels_is_adopted_and_counted()
    {
        var job = NewJob(2, 2);
        var orphan = Owned(job, "a", 0, "Running") with { };
        orphan = orphan with { Metadata = orphan.Metadata with { OwnerReferences = [] } };
        var result = Sync(new() { Job = job, Now = Start, Pods = [orphan] });
        Assert.Contains(result.PodCalls, call => call.Kind == JobPodCallKind.Adopt && call.Error is null);
        Assert.Equal(1, Assert.Single(result.Creations).CompletionIndex);
    }

    [Fact]
    public void Nothing_is_adopted_for_a_job_that_is_gone_in_truth()
    {
        var job = NewJob(2, 2);
        var orphan = Owned(job, "a", 0, "Running");
        orphan = orphan with { Metadata = orphan.Metadata with { OwnerReferences = [] } };
        var result = Sync(new() { Job = job, LiveJob = null, Now = Start, Pods = [orphan] });
        Assert.Contains("is gone", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Creations);
        Assert.NotNull(result.RateLimitedRequeue);
    }

    [Fact]
    public void A_pod_whose_labels_no_longer_match_is_released()
    {
        var job = NewJob(2, 2);
        var pod = Owned(job, "a", 0, "Running");
        pod = pod with { Metadata = pod.Metadata with { Labels = StringMap<string>.Empty } };
        var result = Sync(new() { Job = job, Now = Start, Pods = [pod] });
        Assert.Equal(JobPodCallKind.Release, Assert.Single(result.PodCalls).Kind);
        Assert.Equal([0, 1], result.Creations.Select(creation => creation.CompletionIndex!.Value));
    }

    [Fact]
    public void The_deadline_is_armed_once_before_1_24_3_and_at_every_sync_after()
    {
        var job = NewJob(2, 2, deadlineSeconds: 100);
        Assert.Equal([TimeSpan.FromSeconds(100)], Sync(new() { Job = job, Now = Start }, release: KubernetesRelease.OfPatch(2)).RequeuesAfter.ToArray());
        job = job with { Status = new() { StartTime = Start, Active = 2, Ready = 0 } };
        var later = new JobSyncRequest { Job = job, Now = Start.AddSeconds(30) };
        Assert.Empty(Sync(later, release: KubernetesRelease.OfPatch(2)).RequeuesAfter);
        Assert.Equal([TimeSpan.FromSeconds(70)], Sync(later, release: KubernetesRelease.OfPatch(3)).RequeuesAfter.ToArray());
    }

    [Fact]
    public void A_resumed_job_past_its_old_deadline_fails_at_once()
    {
        var suspended = new Condition { Type = "Suspended", Status = "True", Reason = "JobSuspended", Message = "Job suspended" };
        var job = NewJob(2, 2, deadlineSeconds: 10) with { Status = new() { StartTime = Start.AddSeconds(-60), Conditions = [suspended] } };
        var status = Sync(new() { Job = job, Now = Start }).StatusWrites[^1];
        Assert.Equal("DeadlineExceeded", Assert.Single(status.Conditions, condition => condition.Type == "Failed").Reason);
        Assert.True(HasCondition(status, "Suspended"));
    }

    [Fact]
    public void Hostile_indexes_and_a_huge_job_do_no_harm()
    {
        var job = NewJob(int.MaxValue, 2);
        var pods = new[] { "2147483646", "9223372036854775807", "-1", "zz", "+0" }
            .Select((index, i) => Owned(job, $"p{i}", 0, "Running") with { })
            .ToArray();
        string[] texts = ["2147483646", "9223372036854775807", "-1", "zz", "+0"];
        for (var i = 0; i < pods.Length; i++)
        {
            pods[i] = pods[i] with
            {
                Metadata = pods[i].Metadata with { Annotations = StringMap<string>.Empty.With(JobNames.CompletionIndexAnnotation, texts[i]) },
            };
        }

        var result = Sync(new() { Job = job, Now = Start, Pods = [.. pods] });
        Assert.Equal(["p1", "p2", "p3"], result.PodCalls.Where(call => call.Kind == JobPodCallKind.Delete).Select(call => call.Pod.Metadata.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_namespace_that_ends_swallows_creations()
    {
        var result = new JobController(Profile(tracked: true)).Sync(new() { Job = NewJob(3, 3), Now = Start }, new EndingNamespace());
        Assert.Null(result.Error);
        Assert.Equal(3, result.ExpectedCreations);
        Assert.Equal(3, result.StatusWrites[^1].Active);
    }

    [Fact]
    public void A_scenario_survives_writing_and_reading()
    {
        var scenario = Scenario(NewJob(3, 2), Plan(5)) with
        {
            Actions = [new() { At = TimeSpan.FromSeconds(2), Operation = JobOperation.SetSuspend, Suspend = true }, new() { At = TimeSpan.FromSeconds(9), Operation = JobOperation.SetSuspend }],
        };
        var again = JobScenario.Parse(scenario.ToJson());
        Assert.Equal(scenario.ToJson(), again.ToJson());
        Assert.Equal(JobSimulation.Run(scenario).ToJson(), JobSimulation.Run(again).ToJson());
        Assert.True(HasCondition(JobSimulation.Run(again).Checkpoints[^1].Status!, "Complete"));
        Assert.Throws<System.Text.Json.JsonException>(() => JobScenario.Parse("""{"actoins":[]}"""));
    }

    [Fact]
    public void Two_halves_of_a_run_equal_the_whole()
    {
        var scenario = Scenario(NewJob(20, 4), Plan(7, terminatePhase: "Failed"));
        var whole = JobSimulation.Run(scenario);
        var halves = new JobSimulation(scenario);
        for (var second = 1; second <= 7200; second += 13)
        {
            halves.AdvanceTo(Start.AddSeconds(second));
        }

        Assert.Equal(whole.Timeline.Select(entry => (entry.At, entry.Kind)), halves.Timeline().Timeline.Select(entry => (entry.At, entry.Kind)));
    }

    [Fact]
    public void Ttl_defers_deletes_and_reports_a_missing_time()
    {
        var complete = new Condition { Type = "Complete", Status = "True", LastTransitionTime = Start };
        var job = NewJob(1, 1) with { Status = new() { Conditions = [complete] } };
        job = job with { Spec = job.Spec with { TtlSecondsAfterFinished = 30 } };
        Assert.Equal([TimeSpan.FromSeconds(20)], TtlAfterFinished.Decide(job, job, Start.AddSeconds(10)).RequeueAfter.ToArray());
        Assert.True(TtlAfterFinished.Decide(job, job, Start.AddSeconds(30)).Deletes);
        Assert.False(TtlAfterFinished.Decide(job, null, Start.AddSeconds(30)).Deletes);
        var timeless = job with { Status = new() { Conditions = [complete with { LastTransitionTime = null }] } };
        Assert.NotNull(TtlAfterFinished.Decide(timeless, timeless, Start).Error);
    }

    [Fact]
    public void A_job_does_not_end_while_listed_pods_wait_to_be_counted()
    {
        // The lists are full, so that this sync gets no further than the first pod.
        var job = NewJob(500, 5, indexed: false);
        var pods = Enumerable.Range(0, 500).Select(i => Owned(job, $"p{i}", 0, "Succeeded")).ToArray();
        job = job with { Status = new() { StartTime = Start, Ready = 0, UncountedTerminatedPods = new() { Succeeded = [.. pods.Select(pod => pod.Metadata.Uid)] } } };
        var status = Sync(new() { Job = job, Now = Start, Pods = [.. pods] }).StatusWrites[^1];
        Assert.Equal(1, status.Succeeded);
        Assert.Equal(499, status.UncountedTerminatedPods!.Succeeded.Length);
        Assert.Empty(status.Conditions);
    }

    [Fact]
    public void Expectations_are_given_up_after_five_minutes()
    {
        var expectations = default(JobExpectations);
        expectations.Set(1, 0, Start);
        Assert.False(expectations.Satisfied(Start.AddMinutes(5)));
        Assert.True(expectations.Satisfied(Start.AddMinutes(5).AddTicks(1)));
        expectations.CreationObserved();
        expectations.CreationObserved();
        Assert.True(expectations.Satisfied(Start));
        Assert.Equal(-1, expectations.Creations);
    }

    private sealed class EndingNamespace : JobApiAnswers
    {
        public override ApiResult CreatePod(Job job, int index, int attempts) => new(ApiVerdict.NamespaceTerminating, "namespace default is being terminated");
    }
}
