using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Pods;

public sealed partial class KubeletStandIn
{
    private ImmutableArray<ForcedProbe> _forced = [];

    /// <summary>From now on a probe of some pods is answered otherwise than planned; pods that come later are meant, too.</summary>
    /// <param name="podNamespace">Namespace of the pods.</param>
    /// <param name="labels">Labels that they have.</param>
    /// <param name="probe">The probe.</param>
    /// <param name="isFine">Whether its answers are fine.</param>
    public void SetProbe(string podNamespace, StringMap<string> labels, ProbeKind probe, bool isFine)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var forced = new ForcedProbe(podNamespace, labels, probe, isFine);
        _forced = [.. _forced.Where(other => other with { IsFine = isFine } != forced), forced];
        foreach (var probed in _probed.Values.Where(probed => forced.Concerns(probed.Pod)))
        {
            probed.Force(probe, isFine, _now.UtcTicks);
            Schedule(probed);
        }
    }

    private void BeginProbes(Pod pod, PodPlan plan)
    {
        if (_options.Probes(pod) is not { } answers || !ProbedPod.HasProbes(pod))
        {
            return;
        }

        var probed = new ProbedPod(pod, answers, plan.TerminateAfter, _now.UtcTicks);
        _probed.Add(pod.Metadata.Uid, probed);
        foreach (var forced in _forced.Where(forced => forced.Concerns(pod)))
        {
            probed.Force(forced.Probe, forced.IsFine, _now.UtcTicks);
        }

        if (pod.Status.Phase == "Running")
        {
            probed.Adopt(pod.Status, _now.UtcTicks);
            probed.HasNews();
            Schedule(probed);
        }
    }

    private void Probe(Pod pod, IApiClient api)
    {
        if (!HasEnded(pod) && _probed.TryGetValue(pod.Metadata.Uid, out var probed) && probed.ScheduledFor <= _now.UtcTicks)
        {
            Look(pod, probed, api);
        }
    }

    /// <summary>Does what is due in a pod, reports what changed, and arranges for the next look.</summary>
    private void Look(Pod pod, ProbedPod probed, IApiClient api)
    {
        probed.Work(_now.UtcTicks, (type, reason, message) =>
            api.Record(type == "Warning" ? ApiEvent.Warning(pod, reason, message, Name) : ApiEvent.Normal(pod, reason, message, Name)));
        if (probed.Outcome is { Length: > 0 } outcome && pod.Metadata.DeletionTimestamp is null)
        {
            _probed.Remove(pod.Metadata.Uid);
            api.UpdateStatus(PodReports.Ended(pod, outcome, api.Now));
            return;
        }

        if (probed.HasNews())
        {
            api.UpdateStatus(PodReports.Probed(pod, probed, api.Now));
        }

        probed.ScheduledFor = long.MaxValue;
        Schedule(probed);
    }

    private void Schedule(ProbedPod probed)
    {
        var next = Math.Max(probed.NextTicks(), _now.UtcTicks);
        if (next < probed.ScheduledFor && next != long.MaxValue)
        {
            probed.ScheduledFor = next;
            Push(probed.Pod, StepKind.Probe, new(next - _now.UtcTicks));
        }
    }

    private sealed record ForcedProbe(string Namespace, StringMap<string> Labels, ProbeKind Probe, bool IsFine)
    {
        public bool Concerns(Pod pod) => pod.Metadata.Namespace == Namespace
            && Labels.All(label => pod.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
    }
}
