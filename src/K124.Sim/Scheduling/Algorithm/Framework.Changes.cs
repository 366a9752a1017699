using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.Algorithm;

/// <summary>Keeping what was worked out for classes of pods in step with nodes and other objects.</summary>
internal sealed partial class Framework
{
    private readonly List<int> _changedRows = [];
    private readonly NodeViews _views = new();

    /// <summary>Brings what was worked out for a class up to date: by and by where plugins can, else from nothing.</summary>
    public void BringUpToDate(PodClass podClass)
    {
        if (podClass.Origin is { } origin)
        {
            podClass.Origin = null;
            TakeOver(origin, podClass);
        }

        BringUpToDateWithObjects(podClass);
        podClass.Uses += podClass.IsFirstUse ? 1 : 0;
        if (podClass.Volumes is not null)
        {
            _state.Volumes.TouchChanged(podClass);
        }
    }

    private void BringUpToDateWithObjects(PodClass podClass)
    {
        _state.Classes.Budget.Use(podClass, isNew: podClass.Counters is null, _state.Nodes.Count);
        var (then, now) = (podClass.Versions, _state.Classes.Versions);
        if (then == now && podClass.Counters is not null)
        {
            return;
        }

        podClass.Versions = now;
        if (podClass.Counters is null
            || then.Namespaces != now.Namespaces
            || (then.Workloads != now.Workloads && !TryFollowWorkloads(podClass))
            || (then.Nodes != now.Nodes && !TryFollowNodes(podClass)))
        {
            podClass.Reset(_state.Changes, _state.Population);
            ShareNodeData(podClass);
        }

        podClass.Failures = null;
    }

    /// <summary>Takes over what was worked out for a class before a fork, if that is more than for a first pod.</summary>
    private void TakeOver(PodClass origin, PodClass podClass)
    {
        if (origin.Index is null || origin.Counters?.Fork(_state.Changes, _state.Population) is not { } counters)
        {
            return;
        }

        podClass.Counters = counters;
        foreach (var plugin in _plugins)
        {
            if (!plugin.TryTakeOver(origin, podClass))
            {
                podClass.Forget();
                return;
            }
        }

        (podClass.Uses, podClass.Versions) = (origin.Uses, origin.Versions);
        podClass.VolumesRead = origin.Counters.Follows(_state.Changes) ? origin.VolumesRead : _state.Volumes.Usage.ReadAfterFork(origin.VolumesRead);
        podClass.PassesNodeFilters = origin.PassesNodeFilters?.Copy();
        podClass.Index = origin.Index.Fork(this, podClass);
        _state.Classes.Budget.Use(podClass, isNew: true, _state.Nodes.Count);
    }

    /// <summary>Takes over what was worked out for a class that sees node objects alike.</summary>
    private void ShareNodeData(PodClass podClass)
    {
        if (podClass.Volumes is not null || _views.Exchange(podClass) is not { } other || other == podClass)
        {
            return;
        }

        podClass.PassesNodeFilters = PassesNodeFilters(other);
        foreach (var plugin in _plugins)
        {
            plugin.ShareNodeData(other, podClass);
        }
    }

    private bool TryFollowWorkloads(PodClass podClass)
    {
        foreach (var plugin in _plugins)
        {
            if (!plugin.TryFollowWorkloads(podClass))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryFollowNodes(PodClass podClass)
    {
        _changedRows.Clear();
        if (!podClass.Counters!.TryListChangedNodes(_changedRows))
        {
            return false;
        }

        var hasPods = false;
        foreach (var row in _changedRows)
        {
            if (podClass.PassesNodeFilters is { } passes)
            {
                passes[row] = PassesNodeFilters(podClass, row);
            }

            foreach (var plugin in _plugins)
            {
                if (!plugin.TryFollowNode(podClass, row))
                {
                    return false;
                }
            }

            hasPods = hasPods || _state.Nodes.Pods.Count(row) > 0 || podClass.Counters.HasPodChanges(row);
        }

        if (hasPods)
        {
            podClass.Counters.RecountAfterNodes();
        }

        return true;
    }
}
