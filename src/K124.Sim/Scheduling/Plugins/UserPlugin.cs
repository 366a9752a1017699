using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Algorithm.Failures;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.ExtensionPoints;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>A user's plugin among those of Kubernetes.</summary>
internal sealed class UserPlugin(ISchedulerPlugin plugin, SchedulerState state) : Algorithm.IPreFilterPlugin, Algorithm.IFilterPlugin, Algorithm.IPostFilterPlugin, Algorithm.IPreScorePlugin, Algorithm.IScorePlugin
{
    private readonly Dictionary<PluginVerdict, PluginStatus> _statuses = [];
    private Pod? _pod;

    public string Name => plugin.Name;

    PluginReads Algorithm.IFilterPlugin.Reads => DeclaredReads;

    /// <summary>Normalised scores depend on the other nodes whatever the raw ones do.</summary>
    PluginReads Algorithm.IScorePlugin.Reads => plugin is INormalizeScorePlugin ? PluginReads.Anything : DeclaredReads;

    private PluginReads DeclaredReads => plugin.Dependence switch
    {
        PluginDependence.NodeObject => PluginReads.NodeObject,
        PluginDependence.NodeAndItsPods => PluginReads.NodePods,
        _ => PluginReads.Anything,
    };

    /// <summary>The extension points that a user's plugin implements.</summary>
    public static bool Extends(ISchedulerPlugin plugin, ExtensionPoint point) => point switch
    {
        ExtensionPoint.PreFilter => plugin is ExtensionPoints.IPreFilterPlugin,
        ExtensionPoint.Filter => plugin is ExtensionPoints.IFilterPlugin,
        ExtensionPoint.PostFilter => plugin is ExtensionPoints.IPostFilterPlugin,
        ExtensionPoint.PreScore => plugin is ExtensionPoints.IPreScorePlugin,
        ExtensionPoint.Score => plugin is ExtensionPoints.IScorePlugin,
        ExtensionPoint.Reserve => plugin is IReservePlugin,
        ExtensionPoint.Permit => plugin is IPermitPlugin,
        _ => false,
    };

    /// <summary>Begins an attempt for a pod.</summary>
    public void Begin(Pod pod) => _pod = pod;

    public bool TryFollowNode(PodClass pod, int row) => true;

    public bool TryFollowWorkloads(PodClass pod) => true;

    public bool IsActive(PodClass pod) => true;

    public PreFilterResult PreFilter(PodClass pod) => ((ExtensionPoints.IPreFilterPlugin)plugin).PreFilter(PodOf(pod)) is { } verdict
        ? new(StatusOf(verdict), null)
        : PreFilterResult.AllNodes;

    public PluginStatus? Filter(PodClass pod, int row) =>
        ((ExtensionPoints.IFilterPlugin)plugin).Filter(PodOf(pod), new(state, row)) is { } verdict ? StatusOf(verdict) : null;

    public PreemptionResult PostFilter(Pod pod, PodClass podClass, Diagnosis diagnosis, PreemptionDraws draws) =>
        ((ExtensionPoints.IPostFilterPlugin)plugin).PostFilter(pod, diagnosis.Reader().Read());

    public string? PreScore(PodClass pod) => ((ExtensionPoints.IPreScorePlugin)plugin).PreScore(PodOf(pod));

    public void Score(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            scores[i] = ((ExtensionPoints.IScorePlugin)plugin).Score(PodOf(pod), new(state, rows[i]));
        }

        if (plugin is not INormalizeScorePlugin)
        {
            Demand(rows, scores);
        }
    }

    public void NormalizeScore(PodClass pod, ReadOnlySpan<int> rows, Span<long> scores)
    {
        if (plugin is INormalizeScorePlugin normalizing)
        {
            normalizing.NormalizeScore(PodOf(pod), scores[..rows.Length]);
            Demand(rows, scores);
        }
    }

    /// <summary>What was declared to depend on the kind of pod alone is shown what pods of the kind have in common, and nothing else.</summary>
    private Pod PodOf(PodClass pod) => plugin.Dependence == PluginDependence.Anything ? _pod ?? pod.Sample : pod.Kind.Outline!;

    private void Demand(ReadOnlySpan<int> rows, ReadOnlySpan<long> scores)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (scores[i] is < 0 or > Normalization.MaxNodeScore)
            {
                throw new InvalidOperationException($"The plugin '{Name}' gave node '{state.Nodes.Names[rows[i]]}' the score {scores[i]}, which is not from 0 to {Normalization.MaxNodeScore}.");
            }
        }
    }

    private PluginStatus StatusOf(PluginVerdict verdict)
    {
        if (!_statuses.TryGetValue(verdict, out var status))
        {
            status = new(Name, verdict.IsResolvable ? StatusCode.Unschedulable : StatusCode.UnschedulableAndUnresolvable, verdict.Reason);
            _statuses.Add(verdict, status);
        }

        return status;
    }
}
