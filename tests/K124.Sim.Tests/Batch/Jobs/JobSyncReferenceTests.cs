using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Batch.Jobs;
using K124.Sim.Model;
using K124.Sim.Tests.Reference;
using static K124.Sim.Tests.Batch.Jobs.JobTestData;

namespace K124.Sim.Tests.Batch.Jobs;

/// <summary>Single syncs of generated Jobs and pods against the controller written for reading.</summary>
public class JobSyncReferenceTests
{
    public sealed record PodCase(int Index, string Phase, bool Finalizer, bool Deleting, bool Bound, bool Ready, int Restarts, int AgeSeconds, bool InFlight, string Listed);

    public sealed record SyncCase(
        bool Indexed,
        bool Tracked,
        bool ReadyPods,
        int? Completions,
        int Parallelism,
        int BackoffLimit,
        bool Suspend,
        string SuspendedCondition,
        int? DeadlineSeconds,
        int? StartedSecondsAgo,
        string RestartPolicy,
        bool Deleting,
        int Succeeded,
        int Failed,
        int[] CompletedIndexes,
        bool StrangersListed,
        bool Expecting,
        int Patch,
        PodCase[] Pods);

    private static readonly Gen<bool> Rarely = Gen.Frequency((7, Gen.Constant(false)), (1, Gen.Constant(true)));

    private static Gen<PodCase> PodGen =>
        from index in Gen.Choose(-1, 7)
        from phase in Gen.Elements("Pending", "Running", "Running", "Succeeded", "Failed", "Unknown")
        from finalizer in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        from deleting in Rarely
        from bound in Gen.Elements(true, true, false)
        from ready in Gen.Elements(true, false)
        from restarts in Gen.Elements(0, 0, 0, 1, 3)
        from age in Gen.Choose(0, 4)
        from inFlight in Rarely
        from listed in Gen.Elements("", "", "succeeded", "failed")
        select new PodCase(index, phase, finalizer, deleting, bound, ready && phase == "Running", restarts, age, inFlight, listed);

    private static Gen<SyncCase> CaseGen =>
        from indexed in Gen.Elements(true, false)
        from tracked in Gen.Elements(true, false)
        from readyPods in Gen.Elements(true, false)
        from completions in Gen.Choose(0, 6)
        from isWorkQueue in Rarely
        from parallelism in Gen.Choose(0, 4)
        from backoffLimit in Gen.Choose(0, 3)
        from suspend in Rarely
        from condition in Gen.Elements("", "", "True", "False")
        from deadline in Gen.Elements<int?>(null, null, 10, 30)
        from started in Gen.Elements<int?>(null, 0, 5, 10, 29)
        from policy in Gen.Elements("Never", "OnFailure")
        from deleting in Rarely
        from succeeded in Gen.Choose(0, 2)
        from failed in Gen.Choose(0, 3)
        from completed in Gen.Choose(0, 6).ListOf()
        from strangers in Rarely
        from expecting in Rarely
        from patch in Gen.Elements(0, 9, 17)
        from pods in PodGen.ListOf()
        select new SyncCase(
            indexed, tracked, readyPods, !indexed && isWorkQueue ? null : completions, parallelism, backoffLimit, suspend, condition, deadline, started, policy,
            deleting, succeeded, failed, [.. completed.Distinct().Where(index => index < completions).Order()], strangers, expecting, patch, [.. pods]);

    [Fact]
    public void A_sync_equals_the_one_written_for_reading() =>
        Prop.ForAll(Arb.From(CaseGen, Shrink), Compare).Check(Config.QuickThrowOnFailure.WithMaxTest(4_000));

    private static void Compare(SyncCase given)
    {
        var profile = Profile(given.Tracked).With("JobReadyPods", given.ReadyPods) with { Release = KubernetesRelease.OfPatch(given.Patch) };
        var job = MakeJob(given);
        var pods = given.Pods.Select((pod, i) => MakePod(job, pod, i)).ToArray();
        var inFlight = given.Pods.Select((pod, i) => (pod, i)).Where(pair => pair.pod.InFlight).Select(pair => $"uid-{pair.i}").ToArray();
        var expected = new ReferenceJobSync(job, pods, Start, profile);
        expected.Run(!given.Expecting, inFlight);
        var actual = new JobController(profile).Sync(new()
        {
            Job = job,
            Pods = [.. pods],
            Now = Start,
            ExpectedCreations = given.Expecting ? 1 : 0,
            ExpectedFinalizerRemovals = [.. inFlight],
        });
        Assert.Equal(expected.CreatedCount, actual.Creations.Length);
        Assert.Equal(expected.Created, actual.Creations.Where(_ => given.Indexed).Select(creation => creation.CompletionIndex!.Value));
        Assert.Equal(expected.Deleted.Order(), Names(actual, JobPodCallKind.Delete));
        Assert.Equal(expected.Released.Distinct().Order(), Names(actual, JobPodCallKind.RemoveFinalizer).Distinct());
        Assert.Equal(expected.Writes, actual.StatusWrites.Select(InOrder));
        Assert.Equal(expected.Events, actual.Events.Select(jobEvent => jobEvent.Reason).Where(reason => reason != "SuccessfulDelete"));
        Assert.Equal(expected.Requeues, actual.RequeuesAfter);
        Assert.Equal(expected.Error, actual.Error);
        Assert.Equal(expected.Forget, actual.Forget);
    }

    private static IEnumerable<string> Names(JobSyncResult result, JobPodCallKind kind) =>
        result.PodCalls.Where(call => call.Kind == kind).Select(call => call.Pod.Metadata.Name).Order();

    private static JobStatus InOrder(JobStatus status) => status.UncountedTerminatedPods is not { } uncounted ? status : status with
    {
        UncountedTerminatedPods = new() { Succeeded = [.. uncounted.Succeeded.Order(StringComparer.Ordinal)], Failed = [.. uncounted.Failed.Order(StringComparer.Ordinal)] },
    };

    private static Job MakeJob(SyncCase given)
    {
        var job = NewJob(given.Completions, given.Parallelism, given.Indexed, given.Tracked, given.BackoffLimit, given.Suspend, given.DeadlineSeconds, given.RestartPolicy);
        string[] Listed(string list) =>
        [
            .. given.Pods.Select((pod, i) => (pod, i)).Where(pair => pair.pod.Listed == list).Select(pair => $"uid-{pair.i}"),
            .. given.StrangersListed ? [$"uid-stranger-{list}"] : Array.Empty<string>(),
        ];

        return job with
        {
            Metadata = job.Metadata with { DeletionTimestamp = given.Deleting ? Start : null },
            Status = new()
            {
                StartTime = given.StartedSecondsAgo is { } seconds ? Start.AddSeconds(-seconds) : null,
                Succeeded = given.Indexed && given.Tracked ? given.CompletedIndexes.Length : given.Succeeded,
                Failed = given.Failed,
                CompletedIndexes = given.Indexed ? K124.Sim.Batch.Jobs.Syncing.CompletedIndexes.None.With(given.CompletedIndexes).ToString() : "",
                Conditions = given.SuspendedCondition.Length == 0 ? [] :
                [
                    new()
                    {
                        Type = "Suspended",
                        Status = given.SuspendedCondition,
                        Reason = given.SuspendedCondition == "True" ? "JobSuspended" : "JobResumed",
                        Message = given.SuspendedCondition == "True" ? "Job suspended" : "Job resumed",
                        LastProbeTime = Start.AddMinutes(-9),
                        LastTransitionTime = Start.AddMinutes(-8),
                    },
                ],
                UncountedTerminatedPods = given.Tracked ? new() { Succeeded = [.. Listed("succeeded")], Failed = [.. Listed("failed")] } : null,
            },
        };
    }

    private static Pod MakePod(Job job, PodCase pod, int number) => new()
    {
        Metadata = new()
        {
            Name = $"pod-{number}",
            Namespace = "default",
            Uid = $"uid-{number}",
            Labels = job.Spec.Template.Metadata.Labels,
            Annotations = pod.Index < 0 ? StringMap<string>.Empty : StringMap<string>.Empty.With(JobNames.CompletionIndexAnnotation, $"{pod.Index}"),
            Finalizers = pod.Finalizer ? [JobNames.TrackingFinalizer] : [],
            OwnerReferences = [new() { Kind = "Job", Name = job.Metadata.Name, Uid = job.Metadata.Uid, Controller = true }],
            CreationTimestamp = Start.AddSeconds(-pod.AgeSeconds),
            DeletionTimestamp = pod.Deleting ? Start : null,
        },
        Spec = new() { NodeName = pod.Bound ? "node" : "" },
        Status = new()
        {
            Phase = pod.Phase,
            Conditions = pod.Ready ? [new() { Type = "Ready", Status = "True", LastTransitionTime = Start.AddSeconds(-pod.AgeSeconds) }] : [],
            ContainerStatuses = [new() { Name = "main", RestartCount = pod.Restarts }],
        },
    };

    private static IEnumerable<SyncCase> Shrink(SyncCase given)
    {
        for (var i = 0; i < given.Pods.Length; i++)
        {
            yield return given with { Pods = [.. given.Pods[..i], .. given.Pods[(i + 1)..]] };
        }

        if (given.CompletedIndexes.Length > 0)
        {
            yield return given with { CompletedIndexes = given.CompletedIndexes[1..] };
        }

        foreach (var simpler in new[]
        {
            given with { Suspend = false }, given with { SuspendedCondition = "" }, given with { DeadlineSeconds = null }, given with { Deleting = false },
            given with { StrangersListed = false }, given with { Expecting = false }, given with { Failed = 0 }, given with { Succeeded = 0 },
            given with { RestartPolicy = "Never" }, given with { ReadyPods = false },
        })
        {
            if (simpler != given)
            {
                yield return simpler;
            }
        }
    }
}
