using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>Sizes workloads by what their pods use.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/podautoscaler.</remarks>
/// <param name="usage">Where metrics come from.</param>
internal sealed class HorizontalAutoscaler(IUsageModel usage) : IReconciler
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DownscaleWindow = TimeSpan.FromMinutes(5);
    private static readonly HorizontalScalingTiming Timing = new(0.1, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30));

    private ImmutableDictionary<ObjectKey, ScalingHistory> _histories = ImmutableDictionary<ObjectKey, ScalingHistory>.Empty;

    public string Name => "horizontal-pod-autoscaler";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<HorizontalPodAutoscaler>()];

    public IReconciler Fork() => new HorizontalAutoscaler(usage) { _histories = _histories };

    /// <summary>The first look comes a period after the autoscaler was made, as every further one after the last.</summary>
    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        var key = ObjectKey.Of(change.Object);
        if (change.Type == ChangeType.Deleted)
        {
            _histories = _histories.Remove(key);
        }
        else if (change.Type == ChangeType.Added || change.Old?.Metadata.Generation != change.Object.Metadata.Generation)
        {
            queue.AddAfter(key, Period);
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<HorizontalPodAutoscaler>(key) is not { } autoscaler)
        {
            _histories = _histories.Remove(key);
            return Reconciliation.Done;
        }

        var isSettled = new Sync(this, autoscaler, cache, api).Run();
        return new(RequeueAfter: Period) { IsRoutine = isSettled };
    }

    /// <summary>One look at one autoscaler.</summary>
    private sealed class Sync(HorizontalAutoscaler controller, HorizontalPodAutoscaler autoscaler, IObjectReader cache, IApiClient api)
    {
        private readonly ObjectKey _key = ObjectKey.Of(autoscaler);
        private HorizontalPodAutoscalerStatus _status = autoscaler.Status;

        /// <returns>Whether nothing is on its way: the next look is routine.</returns>
        public bool Run()
        {
            if (Target(out var error) is not { } target)
            {
                Warn("FailedGetScale", error);
                Set("AbleToScale", isTrue: false, "FailedGetScale", $"the HPA controller was unable to get the target's current scale: {error}");
                return WriteStatus();
            }

            Set("AbleToScale", isTrue: true, "SucceededGetScale", "the HPA controller was able to get the target's current scale");
            var current = target.Replicas;
            var min = autoscaler.Spec.MinReplicas ?? 1;
            var history = controller._histories.GetValueOrDefault(_key) ?? ScalingHistory.Begin(current, api.Now);
            if (current == 0 && min != 0)
            {
                Set("ScalingActive", isTrue: false, "ScalingDisabled", "scaling is disabled since the replica count of the target is zero");
                SetSizes(current, 0);
                return WriteStatus();
            }

            var (desired, reason) = current > autoscaler.Spec.MaxReplicas ? (autoscaler.Spec.MaxReplicas, "Current number of replicas above Spec.MaxReplicas")
                : current < min ? (min, "Current number of replicas below Spec.MinReplicas")
                : ByMetrics(target, min, ref history);
            controller._histories = controller._histories.SetItem(_key, history);
            if (reason is null)
            {
                SetSizes(current, _status.DesiredReplicas);
                return WriteStatus();
            }

            return desired == current ? Stay(current, history) : Scale(target, desired, reason, history);
        }

        private bool Stay(int current, ScalingHistory history)
        {
            SetSizes(current, current);
            var isStill = history.Recommendations.All(record => record.Value == current || record.Time < api.Now - DownscaleWindow);
            return WriteStatus() && isStill;
        }

        private bool Scale(ScaleTarget target, int desired, string reason, ScalingHistory history)
        {
            if (target.Write(desired, api) is { } refusal)
            {
                Warn("FailedRescale", $"New size: {desired}; reason: {reason}; error: {refusal.Message}");
                Set("AbleToScale", isTrue: false, "FailedUpdateScale", $"the HPA controller was unable to update the target scale: {refusal.Message}");
                SetSizes(target.Replicas, _status.DesiredReplicas);
                WriteStatus();
                return false;
            }

            Set("AbleToScale", isTrue: true, "SucceededRescale", $"the HPA controller was able to update the target scale to {desired}");
            api.Record(ApiEvent.Normal(autoscaler, "SuccessfulRescale", $"New size: {desired}; reason: {reason}", controller.Name));
            controller._histories = controller._histories.SetItem(_key, history.Scaled(target.Replicas, desired, api.Now));
            SetSizes(target.Replicas, desired);
            _status = _status with { LastScaleTime = WholeSecond(api.Now) };
            WriteStatus();
            return false;
        }

        /// <returns>The size, and why; no reason if the metrics give no answer.</returns>
        private (int Desired, string? Reason) ByMetrics(ScaleTarget target, int min, ref ScalingHistory history)
        {
            if (target.Selector is not { } selector)
            {
                Warn("SelectorRequired", "selector is required");
                Set("ScalingActive", isTrue: false, "InvalidSelector", "the HPA target's scale is missing a selector");
                return (0, null);
            }

            ImmutableArray<Pod> pods = [.. cache.List<Pod>(ObjectIndex.Namespace, _key.Namespace).Where(pod => selector.Matches(pod.Metadata.Labels))];
            var readings = new MetricReadings(controller.Usage, cache, _key.Namespace, pods, target, Timing, api.Now);
            MetricProposal[] proposals = [.. autoscaler.Spec.Metrics.Select(readings.Propose)];
            if (Best(proposals, target.Replicas) is not { } best)
            {
                return (0, null);
            }

            Set("ScalingActive", isTrue: true, "ValidMetricFound", $"the HPA was able to successfully calculate a replica count from {best.Metric}");
            _status = _status with { CurrentMetrics = [.. proposals.Select(static proposal => proposal.Status ?? new())] };
            var reason = best.Replicas > target.Replicas ? $"{best.Metric} above target" : "All metrics below target";
            var size = Stabilized(target.Replicas, best.Replicas, min, history);
            history = history with { Recommendations = size.Recommendations };
            Set("AbleToScale", isTrue: true, size.AbleToScale.Reason, size.AbleToScale.Message);
            Set("ScalingLimited", size.ScalingLimited.Status, size.ScalingLimited.Reason, size.ScalingLimited.Message);
            return (size.Replicas, reason);
        }

        /// <summary>The largest proposal; none if metrics are missing that could have asked for more.</summary>
        private MetricProposal? Best(MetricProposal[] proposals, int current)
        {
            MetricProposal? best = null;
            var invalid = proposals.Where(static proposal => proposal.Error is not null).ToArray();
            foreach (var proposal in proposals)
            {
                if (proposal.Error is { } error)
                {
                    Warn(proposal.Reason, error);
                }
                else if (best is null || proposal.Replicas > best.Value.Replicas)
                {
                    best = proposal;
                }
            }

            if (invalid.Length == 0 || (best is { } valid && valid.Replicas >= current))
            {
                return best;
            }

            Set("ScalingActive", isTrue: false, invalid[0].Reason, $"the HPA was unable to compute the replica count: {invalid[0].Error}");
            Warn("FailedComputeMetricsReplicas", $"invalid metrics ({invalid.Length} invalid out of {proposals.Length}), first error is: {invalid[0].Error}");
            return null;
        }

        private StabilizedSize Stabilized(int current, int desired, int min, ScalingHistory history)
        {
            var stabilization = new HorizontalStabilization(api.Now);
            return autoscaler.Spec.Behavior is { } behavior
                ? stabilization.ByBehavior(behavior, current, desired, min, autoscaler.Spec.MaxReplicas, DownscaleWindow, history.Recommendations, history.Ups, history.Downs)
                : stabilization.Plain(current, desired, min, autoscaler.Spec.MaxReplicas, DownscaleWindow, history.Recommendations);
        }

        private ScaleTarget? Target(out string error)
        {
            var reference = autoscaler.Spec.ScaleTargetRef;
            error = "";
            if (ApiKind.Find(reference.ApiVersion, reference.Kind) is not { } kind)
            {
                error = $"no matches for kind \"{reference.Kind}\" in group \"{ApiResources.GroupOf(reference.ApiVersion)}\"";
                return null;
            }

            if (api.Get(kind, new(_key.Namespace, reference.Name)) is not { } item)
            {
                error = ApiReasons.NotFound(ApiResources.GroupResourceOf(kind), reference.Name).Message;
                return null;
            }

            var target = ScaleTarget.Of(item);
            error = target is null ? "the server could not find the requested resource" : "";
            return target;
        }

        private void SetSizes(int current, int desired) => _status = _status with { CurrentReplicas = current, DesiredReplicas = desired };

        private void Warn(string reason, string message) => api.Record(ApiEvent.Warning(autoscaler, reason, message, controller.Name));

        private void Set(string type, bool isTrue, string reason, string message)
        {
            var condition = new Condition { Type = type, Status = isTrue ? "True" : "False", Reason = reason, Message = message };
            var conditions = _status.Conditions;
            for (var i = 0; i < conditions.Length; i++)
            {
                if (conditions[i].Type == type)
                {
                    var since = conditions[i].Status == condition.Status ? conditions[i].LastTransitionTime : WholeSecond(api.Now);
                    _status = _status with { Conditions = conditions.SetItem(i, condition with { LastTransitionTime = since }) };
                    return;
                }
            }

            _status = _status with { Conditions = conditions.Add(condition with { LastTransitionTime = WholeSecond(api.Now) }) };
        }

        /// <returns>Whether there was nothing to write.</returns>
        private bool WriteStatus()
        {
            if (_status.Equals(autoscaler.Status))
            {
                return true;
            }

            api.UpdateStatus(autoscaler with { Status = _status });
            return false;
        }

        private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));
    }

    private IUsageModel Usage => usage;
}
