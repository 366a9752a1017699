using System.Collections.Immutable;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.Plugins;

namespace K124.Sim.Manifests.Internal;

/// <summary>What a configuration file enables and disables at an extension point; a weight of 0 means that none is given.</summary>
internal sealed record PluginSet(ImmutableArray<ScorePlugin> Enabled, ImmutableArray<string> Disabled)
{
    public static PluginSet Empty { get; } = new([], []);

    public bool DisablesAll => Disabled.Contains("*");

    /// <summary>Works the set into defaults: a default that is named again is replaced at its place, others come after.</summary>
    public PluginSet Over(ImmutableArray<ScorePlugin> defaults)
    {
        var replaced = new HashSet<ScorePlugin>(ReferenceEqualityComparer.Instance);
        var merged = ImmutableArray.CreateBuilder<ScorePlugin>();
        foreach (var plugin in DisablesAll ? [] : defaults.Where(plugin => !Disabled.Contains(plugin.Name)))
        {
            var own = Enabled.LastOrDefault(candidate => candidate.Name == plugin.Name);
            merged.Add(own ?? plugin);
            if (own is not null)
            {
                replaced.Add(own);
            }
        }

        merged.AddRange(Enabled.Where(plugin => !replaced.Contains(plugin)));
        return new(merged.ToImmutable(), Disabled);
    }
}

/// <summary>The sets of a profile, and the plugins that they come to.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config/v1beta3 (default_plugins.go) and pkg/scheduler/framework/runtime (expandMultiPointPlugins).</remarks>
internal sealed class ProfileSets(bool isV1Beta3)
{
    private readonly Dictionary<ExtensionPoint, PluginSet> _sets = [];

    public PluginSet MultiPoint { get; set; } = PluginSet.Empty;

    public void Add(ExtensionPoint point, PluginSet set) => _sets[point] = set;

    public ProfilePlugins Expand() => new()
    {
        QueueSort = NamesAt(ExtensionPoint.QueueSort),
        PreFilter = NamesAt(ExtensionPoint.PreFilter),
        Filter = NamesAt(ExtensionPoint.Filter),
        PostFilter = NamesAt(ExtensionPoint.PostFilter),
        PreScore = NamesAt(ExtensionPoint.PreScore),
        Score = [.. At(ExtensionPoint.Score).Select(static plugin => plugin with { Weight = plugin.Weight == 0 ? 1 : plugin.Weight })],
        Reserve = NamesAt(ExtensionPoint.Reserve),
        Permit = NamesAt(ExtensionPoint.Permit),
        PreBind = NamesAt(ExtensionPoint.PreBind),
        Bind = NamesAt(ExtensionPoint.Bind),
        PostBind = NamesAt(ExtensionPoint.PostBind),
    };

    private ImmutableArray<string> NamesAt(ExtensionPoint point) => [.. At(point).Select(static plugin => plugin.Name)];

    private IEnumerable<ScorePlugin> At(ExtensionPoint point)
    {
        var own = _sets.GetValueOrDefault(point, PluginSet.Empty);
        return isV1Beta3 ? WithMultiPoint(point, own) : own.Over(DefaultsAt(point)).Enabled;
    }

    private IEnumerable<ScorePlugin> WithMultiPoint(ExtensionPoint point, PluginSet own)
    {
        if (own.DisablesAll)
        {
            return own.Enabled;
        }

        // What is enabled here too comes first, in the order of this point; then MultiPoint's; then what is enabled here alone.
        var everywhere = MultiPoint.Over(DefaultPlugins.MultiPoint).Enabled
            .Where(plugin => InTreePlugins.Find(plugin.Name)?.Points.Contains(point) == true && !own.Disabled.Contains(plugin.Name)).ToArray();
        var names = everywhere.Select(static plugin => plugin.Name).ToHashSet(StringComparer.Ordinal);
        var here = own.Enabled.Select(static plugin => plugin.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. own.Enabled.Where(plugin => names.Contains(plugin.Name)),
            .. everywhere.Where(plugin => !here.Contains(plugin.Name)),
            .. own.Enabled.Where(plugin => !names.Contains(plugin.Name)),
        ];
    }

    private static ImmutableArray<ScorePlugin> DefaultsAt(ExtensionPoint point) => point == ExtensionPoint.Score
        ? DefaultPlugins.V1Beta2.Score
        : [.. DefaultPlugins.V1Beta2.At(point).Select(static name => new ScorePlugin(name, 0))];
}
