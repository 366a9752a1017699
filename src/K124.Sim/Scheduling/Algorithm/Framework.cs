using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm.Indexing;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.ExtensionPoints;
using K124.Sim.Scheduling.Plugins;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Algorithm;

/// <summary>The plugins of one profile, in its order and with its weights, run over the scheduler's state.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/runtime.</remarks>
internal sealed partial class Framework
{
    private readonly SchedulerState _state;
    private readonly bool _stopsAtFirstFailure;
    private readonly ImmutableArray<IPreFilterPlugin> _preFilters;
    private readonly ImmutableArray<IPreFilterExtensions> _extensions;
    private readonly ImmutableArray<IFilterPlugin> _filters;
    private readonly ImmutableArray<IFilterPlugin> _nodeFilters;
    private readonly ImmutableArray<IFilterPlugin> _otherFilters;
    private readonly ImmutableArray<IPlugin> _plugins;
    private readonly ImmutableArray<UserPlugin> _userPlugins;

    public Framework(SchedulerState state, SchedulerProfile profile, SchedulerOptions options)
    {
        _state = state;
        SharedScores = new(state.Nodes);
        _stopsAtFirstFailure = options.Release.StopsAtFirstFailingFilter;
        var plugins = new Dictionary<string, IPlugin?>(StringComparer.Ordinal);
        _preFilters = [.. profile.Plugins.PreFilter.Select(Find).OfType<IPreFilterPlugin>()];
        ReservesVolumes = profile.Plugins.Reserve.Contains(nameof(VolumeBinding), StringComparer.Ordinal);
        _extensions = [.. _preFilters.OfType<IPreFilterExtensions>()];
        _filters = [.. profile.Plugins.Filter.Select(Find).OfType<IFilterPlugin>()];
        _nodeFilters = [.. _filters.Where(static filter => filter.Reads == PluginReads.NodeObject)];
        _otherFilters = [.. _filters.Where(static filter => filter.Reads != PluginReads.NodeObject)];
        PostFilters = [.. profile.Plugins.PostFilter.Select(Find).OfType<IPostFilterPlugin>()];
        PreScores = [.. profile.Plugins.PreScore.Select(Find).OfType<IPreScorePlugin>()];
        Scores = [.. profile.Plugins.Score.Select(plugin => ((IScorePlugin)Find(plugin.Name)!, plugin.Weight))];
        Plan = new(_filters, Scores);
        BindTimeoutSeconds = profile.VolumeBindingArgs.BindTimeoutSeconds;
        _plugins = [.. plugins.Values.OfType<IPlugin>()];
        _userPlugins = [.. _plugins.OfType<UserPlugin>()];
        Reserves = [.. profile.Plugins.Reserve.Select(name => options.Plugins.FirstOrDefault(own => own.Name == name)).OfType<IReservePlugin>()];
        Permits = [.. profile.Plugins.Permit.Select(name => options.Plugins.FirstOrDefault(own => own.Name == name)).OfType<IPermitPlugin>()];

        IPlugin? Find(string name)
        {
            if (!plugins.TryGetValue(name, out var plugin))
            {
                plugin = InTreePlugins.Find(name) is { } inTree
                    ? inTree.Create?.Invoke(new(state, this, profile, options, plugins.Count))
                    : new UserPlugin(options.Plugins.Single(own => own.Name == name), state);
                plugins.Add(name, plugin);
            }

            return plugin;
        }
    }

    /// <summary>How long a pod waits for the volumes of its claims.</summary>
    public long BindTimeoutSeconds { get; }

    /// <summary>Whether volumes are reserved for a pod that is put on a node.</summary>
    public bool ReservesVolumes { get; }

    /// <summary>Users' plugins that set aside what a pod needs on its node.</summary>
    public ImmutableArray<IReservePlugin> Reserves { get; }

    /// <summary>Users' plugins that have the last word before binding.</summary>
    public ImmutableArray<IPermitPlugin> Permits { get; }

    /// <summary>Plugins that are asked when no node is feasible.</summary>
    public ImmutableArray<IPostFilterPlugin> PostFilters { get; }

    /// <summary>Plugins that look at the pod before scoring.</summary>
    public ImmutableArray<IPreScorePlugin> PreScores { get; }

    /// <summary>The plugins as an index of nodes uses them.</summary>
    public IndexPlan Plan { get; }

    /// <summary>What was worked out for nodes and pods that ask for the same.</summary>
    public SharedScores SharedScores { get; }

    /// <summary>Scoring plugins with their weights.</summary>
    public ImmutableArray<(IScorePlugin Plugin, int Weight)> Scores { get; }

    /// <summary>Whether PreFilter and PreScore say the same as long as what was worked out for the class, and an index can hold the nodes as it sees them.</summary>
    public bool IsSettled(PodClass pod)
    {
        foreach (var plugin in _preFilters)
        {
            if (!plugin.IsSettled(pod))
            {
                return false;
            }
        }

        return _userPlugins.IsEmpty && Plan.IsSettled(pod);
    }

    /// <summary>Runs PreScore: the first error, or null.</summary>
    public string? PreScoreError(PodClass pod)
    {
        if (Scores.IsEmpty)
        {
            return null;
        }

        foreach (var plugin in PreScores)
        {
            if (plugin.PreScore(pod) is { } error)
            {
                return $"running PreScore plugin \"{plugin.Name}\": {error}";
            }
        }

        return null;
    }

    /// <summary>Begins an attempt for a pod.</summary>
    public void Begin(Pod pod)
    {
        foreach (var plugin in _userPlugins)
        {
            plugin.Begin(pod);
        }
    }

    /// <summary>Runs PreFilter: the first objection, and the common set of nodes that plugins narrow to.</summary>
    public PreFilterResult PreFilter(PodClass pod)
    {
        SortedSet<string>? names = null;
        foreach (var plugin in _preFilters)
        {
            var result = plugin.PreFilter(pod);
            if (result.Status is not null)
            {
                return result;
            }

            if (result.NodeNames is { } only)
            {
                names ??= new(only, StringComparer.Ordinal);
                names.IntersectWith(only);
            }
        }

        return new(null, names);
    }

    /// <summary>Keeps the feasible rows, in their order, at the front.</summary>
    /// <returns>How many they are.</returns>
    public int Narrow(Pod pod, PodClass podClass, Span<int> rows)
    {
        var kept = podClass.IsFirstUse && podClass.PassesNodeFilters is null
            ? Narrow(_nodeFilters, podClass, rows)
            : KeepFlagged(PassesNodeFilters(podClass), rows);
        kept = Narrow(_otherFilters, podClass, rows[..kept]);

        return _state.Nominations.IsEmpty ? kept : DropWithoutRoomForNominated(pod, podClass, rows[..kept]);
    }

    private static int Narrow(ImmutableArray<IFilterPlugin> filters, PodClass podClass, Span<int> rows)
    {
        var kept = rows.Length;
        foreach (var filter in filters)
        {
            if (filter.IsActive(podClass))
            {
                kept = filter.Narrow(podClass, rows[..kept]);
            }
        }

        return kept;
    }

    private static int KeepFlagged(RowFlags flags, Span<int> rows)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            rows[kept] = row;
            kept += flags[row] ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Whether some plugin may be unable to decide on a node.</summary>
    public bool MayFail(PodClass podClass)
    {
        foreach (var filter in _filters)
        {
            if (filter.MayFail(podClass))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By row, whether every filter passes that reads nothing but the node object.</summary>
    public RowFlags PassesNodeFilters(PodClass podClass) => podClass.PassesNodeFilters ??= RunNodeFilters(podClass);

    /// <summary>The objections to a node; none if it is feasible.</summary>
    public ImmutableArray<PluginStatus> Filter(Pod pod, PodClass podClass, int row)
    {
        if (_state.Nominations.Before(pod, row) is { } nominated)
        {
            var crowded = FilterWith(nominated, podClass, row);
            if (!crowded.IsEmpty)
            {
                return crowded;
            }
        }

        return RunFilters(podClass, row);
    }

    /// <summary>Whether a node that is feasible now would not be with the pods nominated to it.</summary>
    public bool IsCrowded(Pod pod, PodClass podClass, int row) => _state.Nominations.Before(pod, row) is { } nominated && !FilterWith(nominated, podClass, row).IsEmpty;

    /// <summary>Puts a pod on its node within the attempt for an incoming pod only.</summary>
    public void Place(PodClass incoming, int id)
    {
        _state.Nodes.Place(id);
        var entry = _state.Pods.Entry(id);
        foreach (var plugin in _extensions)
        {
            plugin.AddPod(incoming, entry);
        }
    }

    /// <summary>Takes a pod off its node within the attempt for an incoming pod only.</summary>
    public void Displace(PodClass incoming, int id)
    {
        _state.Nodes.Displace(id);
        var entry = _state.Pods.Entry(id);
        foreach (var plugin in _extensions)
        {
            plugin.RemovePod(incoming, entry);
        }
    }

    private int DropWithoutRoomForNominated(Pod pod, PodClass podClass, Span<int> rows)
    {
        var kept = 0;
        foreach (var row in rows)
        {
            if (_state.Nominations.Before(pod, row) is not { } nominated || FilterWith(nominated, podClass, row).IsEmpty)
            {
                rows[kept++] = row;
            }
        }

        return kept;
    }

    /// <summary>Filters a node as if the nominated pods were on it.</summary>
    private ImmutableArray<PluginStatus> FilterWith(List<int> nominated, PodClass podClass, int row)
    {
        var untouched = _state.Nodes.Remember(row);
        foreach (var id in nominated)
        {
            Place(podClass, id);
        }

        var statuses = RunFilters(podClass, row);
        foreach (var id in nominated)
        {
            Displace(podClass, id);
        }

        _state.Nodes.Recall(row, untouched);
        return statuses;
    }

    private ImmutableArray<PluginStatus> RunFilters(PodClass podClass, int row)
    {
        var statuses = ImmutableArray<PluginStatus>.Empty;
        foreach (var filter in _filters)
        {
            if (filter.Filter(podClass, row) is not { } status)
            {
                continue;
            }

            if (_stopsAtFirstFailure || status.Code == StatusCode.Error)
            {
                return status.Alone;
            }

            statuses = statuses.IsEmpty ? status.Alone : statuses.Add(status);
        }

        return statuses;
    }

    private RowFlags RunNodeFilters(PodClass podClass)
    {
        var passes = new bool[_state.Nodes.RowCount];
        Array.Fill(passes, true);
        foreach (var filter in _nodeFilters)
        {
            for (var row = 0; row < passes.Length && filter.IsActive(podClass); row++)
            {
                passes[row] = passes[row] && filter.Filter(podClass, row) is null;
            }
        }

        return new(passes);
    }

    private bool PassesNodeFilters(PodClass podClass, int row)
    {
        foreach (var filter in _nodeFilters)
        {
            if (filter.Filter(podClass, row) is not null)
            {
                return false;
            }
        }

        return true;
    }
}
