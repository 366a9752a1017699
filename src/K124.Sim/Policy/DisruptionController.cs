using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;

namespace K124.Sim.Policy;

/// <summary>The controller of PodDisruptionBudgets.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/disruption.</remarks>
internal sealed class DisruptionController : IReconciler
{
    private ImmutableQueue<(Pod Pod, string Budget)> _ambiguous = [];

    // As the real one signs its events, not its writes.
    public string Name => "controllermanager";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<PodDisruptionBudget>(), ApiKind.Of<Pod>()];

    public IReconciler Fork() => (IReconciler)MemberwiseClone();

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        if (change.Object is not Pod pod)
        {
            if (change.Type != ChangeType.Deleted)
            {
                queue.Add(ObjectKey.Of(change.Object));
            }

            return;
        }

        PodDisruptionBudget[] budgets =
        [
            .. cache.List<PodDisruptionBudget>(ObjectIndex.Namespace, pod.Metadata.Namespace)
                .Where(budget => budget.Spec.Selector is not null && budget.Spec.Selector.Matches(pod.Metadata.Labels)),
        ];
        if (budgets.Length > 1)
        {
            _ambiguous = _ambiguous.Enqueue((pod, budgets[0].Metadata.Name));
        }

        if (budgets.Length > 0)
        {
            queue.Add(ObjectKey.Of(budgets[0]));
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        ReportAmbiguous(api);
        if (cache.Get<PodDisruptionBudget>(key) is not { } budget)
        {
            return Reconciliation.Done;
        }

        var (refusal, error, recheckAfter) = Update(budget, cache, api);
        if (refusal.IsConflict())
        {
            return new(refusal!.Message);
        }

        if ((refusal?.Message ?? error) is { } message)
        {
            var status = DisruptionStatuses.Failed(budget.Status, message, api.Now);
            return new(api.UpdateStatus(budget with { Status = status }).Status?.Message);
        }

        return new(RequeueAfter: recheckAfter);
    }

    private (ApiStatus? Refusal, string? Error, TimeSpan? RecheckAfter) Update(PodDisruptionBudget budget, IObjectReader cache, IApiClient api)
    {
        if (CompiledSelector.TryCompile(budget.Spec.Selector, out var problem) is not { } selector)
        {
            api.Record(ApiEvent.Warning(budget, "NoPods", $"Failed to get pods: {problem}", Name));
            return (null, problem, null);
        }

        Pod[] pods = [.. cache.List<Pod>(ObjectIndex.Namespace, budget.Metadata.Namespace).Where(pod => selector.Matches(pod.Metadata.Labels))];
        if (pods.Length == 0)
        {
            api.Record(ApiEvent.Normal(budget, "NoPods", "No matching pods found", Name));
        }

        var (expected, desired, error) = DisruptionStatuses.Expect(
            budget, pods.Length, () => (DisruptionScale.Of(pods, cache, api, out var scaleError), scaleError));
        if (error is not null)
        {
            api.Record(ApiEvent.Warning(
                budget, "CalculateExpectedPodCountFailed", $"Failed to calculate the number of expected pods: {error}", Name));
            return (null, error, null);
        }

        var (disrupted, overdue, recheckAt) = DisruptionStatuses.Disrupted(budget, pods, api.Now);
        foreach (var pod in overdue)
        {
            // The namespace stands for the name, too.
            var space = budget.Metadata.Namespace;
            api.Record(ApiEvent.Warning(pod, "NotDeleted", $"Pod was expected by PDB {space}/{space} to be deleted but it wasn't", Name));
        }

        var healthy = DisruptionStatuses.CountHealthy(pods, disrupted, api.Now);
        var status = DisruptionStatuses.Of(budget, healthy, desired, expected, disrupted, api.Now);
        var refusal = status is null ? null : api.UpdateStatus(budget with { Status = status }).Status;
        return (refusal, null, recheckAt - api.Now);
    }

    private void ReportAmbiguous(IApiClient api)
    {
        foreach (var (pod, budget) in _ambiguous)
        {
            api.Record(ApiEvent.Warning(
                pod,
                "MultiplePodDisruptionBudgets",
                $"Pod \"{pod.Metadata.Namespace}\"/\"{pod.Metadata.Name}\" matches multiple PodDisruptionBudgets.  Chose \"{budget}\" arbitrarily.",
                Name));
        }

        _ambiguous = [];
    }
}
