using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Model.Selectors;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Algorithm.Indexing;
using K124.Sim.Scheduling.Classes;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Plugins;

/// <summary>Spreads matching pods over topology domains: by the pod's own constraints, or by the system's defaults.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/podtopologyspread; KEP-895, KEP-1258.</remarks>
internal sealed partial class PodTopologySpread(
    SchedulerState state, DefaultSelector defaultSelector, KubernetesRelease release, bool usesMinDomains, PodTopologySpreadArgs args, int index)
    : IPreFilterPlugin, IPreFilterExtensions, IFilterPlugin, IPreScorePlugin, IScorePlugin
{
    private const string HostnameKey = "kubernetes.io/hostname";
    private const string DoNotSchedule = "DoNotSchedule";
    private const string ScheduleAnyway = "ScheduleAnyway";

    private static readonly ImmutableArray<TopologySpreadConstraint> SystemDefaults =
    [
        new() { TopologyKey = HostnameKey, WhenUnsatisfiable = ScheduleAnyway, MaxSkew = 3 },
        new() { TopologyKey = "topology.kubernetes.io/zone", WhenUnsatisfiable = ScheduleAnyway, MaxSkew = 5 },
    ];

    private readonly ImmutableArray<TopologySpreadConstraint> _defaults =
        args.DefaultingType == PodTopologySpreadConstraintsDefaulting.List ? args.DefaultConstraints : SystemDefaults;

    public string Name => nameof(PodTopologySpread);

    public PluginReads Reads => PluginReads.Topology;

    public bool IsActive(PodClass pod) => HardOf(pod).Constraints.Length > 0;

    private Compiled CompiledOf(PodClass pod) => (Compiled)(pod.PluginData[index] ??= Compile(pod));

    private Hard HardOf(PodClass pod) => CompiledOf(pod).Hard;

    private Soft SoftOf(PodClass pod) => CompiledOf(pod).Soft;

    private Compiled Compile(PodClass pod)
    {
        var own = pod.Spec.TopologySpreadConstraints;
        var requiresAllKeys = !own.IsEmpty || args.DefaultingType == PodTopologySpreadConstraintsDefaulting.List;
        var required = new RequiredNodeAffinity(pod.Spec);
        var selector = own.IsEmpty ? defaultSelector.For(pod.Sample) : null;
        string? hardError = null;
        string? softError = null;
        var hard = own.IsEmpty ? DefaultConstraints(pod, DoNotSchedule, selector) : Constraints(pod, own, DoNotSchedule, out hardError);
        var soft = own.IsEmpty ? DefaultConstraints(pod, ScheduleAnyway, selector) : Constraints(pod, own, ScheduleAnyway, out softError);
        var (mustHold, isWished) = (
            new Hard(pod, hard, hardError, RowsThatCount(required, hard, hard), RowsThatCount(null, hard, hard)),
            new Soft(pod, soft, softError, requiresAllKeys, RowsThatCount(required, requiresAllKeys ? soft : [], soft)));
        return new(mustHold, isWished, hard.IsEmpty && soft.IsEmpty ? null : new Facet(this, mustHold, isWished), required, selector?.Key);
    }

    public bool TryFollowNode(PodClass pod, int row)
    {
        if (pod.PluginData[index] is Compiled compiled)
        {
            var (hard, soft) = (compiled.Hard, compiled.Soft);
            if (!hard.Constraints.IsEmpty)
            {
                hard.Eligible[row] = Counts(compiled.Required, hard.Constraints, row);
                hard.HasAllKeys[row] = Counts(null, hard.Constraints, row);
                Array.ForEach(hard.Counts, static counts => counts.ForgetDomains());
            }

            if (!soft.Constraints.IsEmpty)
            {
                soft.Counted[row] = Counts(compiled.Required, soft.RequiresAllKeys ? soft.Constraints : [], row);
            }
        }

        return true;
    }

    public bool TryTakeOver(PodClass from, PodClass to)
    {
        to.PluginData[index] = from.PluginData[index];
        return from.PluginData[index] is not Compiled compiled || (compiled.Hard.Constraints.IsEmpty && compiled.Soft.Constraints.IsEmpty);
    }

    public bool TryFollowWorkloads(PodClass pod) =>
        pod.PluginData[index] is not Compiled compiled
        || !pod.Spec.TopologySpreadConstraints.IsEmpty
        || Equals(defaultSelector.For(pod.Sample)?.Key, compiled.DefaultKey);

    private ImmutableArray<SpreadConstraint> Constraints(
        PodClass pod, ImmutableArray<TopologySpreadConstraint> constraints, string whenUnsatisfiable, out string? error)
    {
        error = null;
        var result = ImmutableArray.CreateBuilder<SpreadConstraint>();
        foreach (var constraint in constraints.Where(constraint => constraint.WhenUnsatisfiable == whenUnsatisfiable))
        {
            if (CompiledSelector.TryCompile(constraint.LabelSelector, out error) is not { } selector)
            {
                return [];
            }

            result.Add(Bind(pod, constraint, selector, constraint.LabelSelector));
        }

        return result.ToImmutable();
    }

    private ImmutableArray<SpreadConstraint> DefaultConstraints(PodClass pod, string whenUnsatisfiable, (CompiledSelector Selector, object Key)? selector) => selector is { } found
        ? [.. _defaults.Where(constraint => constraint.WhenUnsatisfiable == whenUnsatisfiable).Select(constraint => Bind(pod, constraint, found.Selector, found.Key))]
        : [];

    private SpreadConstraint Bind(PodClass pod, TopologySpreadConstraint constraint, CompiledSelector selector, object? selectorKey)
    {
        var ns = pod.Labels.Namespace;
        var counter = state.Population.Counter(
            (nameof(PodTopologySpread), ns, selectorKey),
            (pods, _) => pods.Namespace == ns && !pods.IsTerminating && selector.Matches(pods.Labels));
        return new(ns, selector, constraint.MaxSkew, usesMinDomains ? constraint.MinDomains ?? 1 : 0, state.Topology.Get(constraint.TopologyKey), counter, state.Population);
    }

    /// <summary>The nodes whose pods count: those that the pod may use, as far as labels tell, and that have all the keys; none without constraints.</summary>
    private RowFlags RowsThatCount(RequiredNodeAffinity? required, ImmutableArray<SpreadConstraint> keys, ImmutableArray<SpreadConstraint> constraints)
    {
        var counts = new RowFlags(constraints.IsEmpty ? 0 : state.Nodes.RowCount);
        for (var row = 0; row < counts.Length; row++)
        {
            counts[row] = Counts(required, keys, row);
        }

        return counts;
    }

    private bool Counts(RequiredNodeAffinity? required, ImmutableArray<SpreadConstraint> keys, int row)
    {
        if (!state.Nodes.HasNode[row] || required?.Matches(state.Nodes.Nodes[row]) == false)
        {
            return false;
        }

        foreach (var constraint in keys)
        {
            if (constraint.Domains.Of[row] == TopologyDomains.None)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What the plugin keeps for a class.</summary>
    private sealed record Compiled(Hard Hard, Soft Soft, TopologyFacet? Facet, RequiredNodeAffinity Required, object? DefaultKey);
}
