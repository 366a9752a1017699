using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>Names of the plugins at each extension point, in the order in which they run.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config (Plugins), after defaults and MultiPoint have been worked in.</remarks>
public sealed record ProfilePlugins
{
    private readonly Items<string> _queueSort;
    private readonly Items<string> _preFilter;
    private readonly Items<string> _filter;
    private readonly Items<string> _postFilter;
    private readonly Items<string> _preScore;
    private readonly Items<ScorePlugin> _score;
    private readonly Items<string> _reserve;
    private readonly Items<string> _permit;
    private readonly Items<string> _preBind;
    private readonly Items<string> _bind;
    private readonly Items<string> _postBind;

    /// <summary>The one plugin that orders the queue.</summary>
    public ImmutableArray<string> QueueSort { get => _queueSort.Array; init => _queueSort = new(value); }

    /// <summary>Plugins that look at the pod before any node.</summary>
    public ImmutableArray<string> PreFilter { get => _preFilter.Array; init => _preFilter = new(value); }

    /// <summary>Plugins that say which nodes can take the pod.</summary>
    public ImmutableArray<string> Filter { get => _filter.Array; init => _filter = new(value); }

    /// <summary>Plugins that are asked when no node can.</summary>
    public ImmutableArray<string> PostFilter { get => _postFilter.Array; init => _postFilter = new(value); }

    /// <summary>Plugins that look at the feasible nodes before they are scored.</summary>
    public ImmutableArray<string> PreScore { get => _preScore.Array; init => _preScore = new(value); }

    /// <summary>Plugins that say how good each feasible node is.</summary>
    public ImmutableArray<ScorePlugin> Score { get => _score.Array; init => _score = new(value); }

    /// <summary>Plugins that set aside what the pod needs on the chosen node.</summary>
    public ImmutableArray<string> Reserve { get => _reserve.Array; init => _reserve = new(value); }

    /// <summary>Plugins that may hold the pod back before it is bound.</summary>
    public ImmutableArray<string> Permit { get => _permit.Array; init => _permit = new(value); }

    /// <summary>Plugins that prepare the node before the pod is bound.</summary>
    public ImmutableArray<string> PreBind { get => _preBind.Array; init => _preBind = new(value); }

    /// <summary>Plugins that bind the pod.</summary>
    public ImmutableArray<string> Bind { get => _bind.Array; init => _bind = new(value); }

    /// <summary>Plugins that are told once the pod is bound.</summary>
    public ImmutableArray<string> PostBind { get => _postBind.Array; init => _postBind = new(value); }

    /// <summary>The names at all extension points, each once.</summary>
    internal ImmutableSortedSet<string> Names => Enum.GetValues<ExtensionPoint>().SelectMany(point => At(point)).ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>The names at an extension point.</summary>
    /// <param name="point">The point.</param>
    /// <returns>The names in the order in which the plugins run.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such point.</exception>
    public ImmutableArray<string> At(ExtensionPoint point) => point switch
    {
        ExtensionPoint.QueueSort => QueueSort,
        ExtensionPoint.PreFilter => PreFilter,
        ExtensionPoint.Filter => Filter,
        ExtensionPoint.PostFilter => PostFilter,
        ExtensionPoint.PreScore => PreScore,
        ExtensionPoint.Score => [.. Score.Select(static plugin => plugin.Name)],
        ExtensionPoint.Reserve => Reserve,
        ExtensionPoint.Permit => Permit,
        ExtensionPoint.PreBind => PreBind,
        ExtensionPoint.Bind => Bind,
        ExtensionPoint.PostBind => PostBind,
        _ => throw new ArgumentOutOfRangeException(nameof(point), point, "There is no such extension point."),
    };
}
