using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Workloads;

/// <summary>Which daemons are to be made and deleted.</summary>
/// <param name="Set">The DaemonSet.</param>
/// <param name="Hash">Hash of its template's revision.</param>
/// <param name="Now">The present.</param>
internal sealed record DaemonSetPlan(DaemonSet Set, string Hash, DateTimeOffset Now)
{
    private readonly long? _generation = DaemonSetPods.GenerationOf(Set);
    private readonly bool _surges = ScaledValue.Of(Set.Spec.UpdateStrategy.RollingUpdate?.MaxSurge ?? new(0), 1, roundUp: true, out _) > 0
        && Set.Spec.UpdateStrategy is { Type: "RollingUpdate", RollingUpdate: not null };

    /// <summary>Nodes that are to get a daemon.</summary>
    public List<string> NodesInNeed { get; } = [];

    /// <summary>Pods that are to go.</summary>
    public List<string> PodsToDelete { get; } = [];

    /// <summary>Adds what a node needs.</summary>
    /// <param name="node">The node.</param>
    /// <param name="pods">Daemons on it; null if there are none.</param>
    /// <param name="fit">Whether a daemon should run there, and whether one may stay.</param>
    /// <param name="isBackedOff">Whether a failed daemon of the node has to wait before it is killed; called once for each.</param>
    public void Add(string node, List<Pod>? pods, (bool ShouldRun, bool MayContinue) fit, Func<Pod, bool> isBackedOff)
    {
        if (fit.ShouldRun && pods is null)
        {
            NodesInNeed.Add(node);
        }
        else if (fit.MayContinue)
        {
            AddLiving(node, [.. Living(pods ?? [], isBackedOff)], fit.ShouldRun);
        }
        else
        {
            PodsToDelete.AddRange((pods ?? []).Where(static pod => pod.Metadata.DeletionTimestamp is null).Select(static pod => pod.Metadata.Name));
        }
    }

    /// <summary>Adds the replacement of outdated daemons, as far as that many may be missing at a time.</summary>
    /// <param name="byNode">Daemons by node, nodes that should have one included.</param>
    /// <param name="maxUnavailable">How many may be missing.</param>
    public void ReplaceInPlace(IReadOnlyDictionary<string, List<Pod>> byNode, int maxUnavailable)
    {
        var unavailable = 0;
        var candidates = new List<string>();
        foreach (var pods in byNode.Values)
        {
            if (!TrySplit(pods, out var newPod, out var oldPod) || (newPod is null) == (oldPod is null))
            {
                unavailable++;
            }
            else if (newPod is not null)
            {
                unavailable += IsAvailable(newPod) ? 0 : 1;
            }
            else if (!IsAvailable(oldPod!))
            {
                PodsToDelete.Add(oldPod!.Metadata.Name);
            }
            else if (unavailable < maxUnavailable)
            {
                candidates.Add(oldPod!.Metadata.Name);
            }
        }

        PodsToDelete.AddRange(candidates.Take(Math.Max(0, maxUnavailable - unavailable)));
    }

    /// <summary>Adds new daemons beside outdated ones, as far as that many may be too many at a time.</summary>
    /// <param name="byNode">Daemons by node, nodes that should have one included.</param>
    /// <param name="maxSurge">How many may be too many.</param>
    public void ReplaceBySurge(IReadOnlyDictionary<string, List<Pod>> byNode, int maxSurge)
    {
        var surge = 0;
        var candidates = new List<string>();
        foreach (var (node, pods) in byNode)
        {
            if (!TrySplit(pods, out var newPod, out var oldPod))
            {
                surge++;
            }
            else if (oldPod is null)
            {
                continue;
            }
            else if (newPod is null)
            {
                if (!IsAvailable(oldPod))
                {
                    NodesInNeed.Add(node);
                }
                else if (surge < maxSurge)
                {
                    candidates.Add(node);
                }
            }
            else if (IsAvailable(newPod))
            {
                PodsToDelete.Add(oldPod.Metadata.Name);
            }
            else
            {
                surge++;
            }
        }

        NodesInNeed.AddRange(candidates.Take(Math.Max(0, maxSurge - surge)));
    }

    private IEnumerable<Pod> Living(List<Pod> pods, Func<Pod, bool> isBackedOff)
    {
        foreach (var pod in pods)
        {
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                continue;
            }

            if (pod.Status.Phase != "Failed")
            {
                yield return pod;
            }
            else if (!isBackedOff(pod))
            {
                PodsToDelete.Add(pod.Metadata.Name);
            }
        }
    }

    private void AddLiving(string node, List<Pod> living, bool shouldRun)
    {
        living.Sort(DaemonSetPods.OlderFirst);
        if (!_surges)
        {
            PodsToDelete.AddRange(living.Skip(1).Select(static pod => pod.Metadata.Name));
        }
        else if (living.Count > 1)
        {
            KeepOneOfEach(living);
        }
        else if (living.Count == 0 && shouldRun)
        {
            NodesInNeed.Add(node);
        }
    }

    private void KeepOneOfEach(List<Pod> living)
    {
        Pod? newPod = null, oldPod = null;
        foreach (var pod in living)
        {
            var isNew = pod.Metadata.Labels.TryGetValue(ControllerRevisions.PodLabel, out var hash) && hash == Hash;
            if (isNew && newPod is null)
            {
                newPod = pod;
            }
            else if (!isNew && oldPod is null)
            {
                oldPod = pod;
            }
            else
            {
                PodsToDelete.Add(pod.Metadata.Name);
            }
        }

        if (newPod is not null && oldPod is not null && (!PodPredicates.IsReady(oldPod) || IsAvailable(newPod)))
        {
            PodsToDelete.Add(oldPod.Metadata.Name);
        }
    }

    /// <summary>Tells the updated daemon of a node from the outdated one.</summary>
    /// <returns>Whether there is at most one of each.</returns>
    private bool TrySplit(List<Pod> pods, out Pod? newPod, out Pod? oldPod)
    {
        newPod = oldPod = null;
        foreach (var pod in pods)
        {
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                continue;
            }

            if (DaemonSetPods.IsUpdated(pod, Hash, _generation))
            {
                if (newPod is not null)
                {
                    return false;
                }

                newPod = pod;
            }
            else if (oldPod is not null)
            {
                return false;
            }
            else
            {
                oldPod = pod;
            }
        }

        return true;
    }

    private bool IsAvailable(Pod pod) => PodPredicates.IsAvailable(pod, Set.Spec.MinReadySeconds, Now);
}
