using System.Collections.Immutable;

namespace K124.Sim.Nodes.KubeletStart;

/// <summary>The values of a kubelet's settings.</summary>
internal sealed class KubeletSettings
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>The taints it registers its node with, as the file gives them.</summary>
    public ImmutableArray<KubeletTaint> Taints { get; set; } = [];

    /// <summary>What it does with swap; empty if that is not told.</summary>
    public string SwapBehavior { get; set; } = "";

    /// <summary>The memory it sets aside by NUMA node.</summary>
    public ImmutableArray<(int NumaNode, string Resource, bool IsZero)> ReservedMemory { get; set; } = [];

    public bool IsOn(string key) => (bool)Get(key);

    public long Number(string key) => (long)Get(key);

    public double Fraction(string key) => (double)Get(key);

    public string Text(string key) => (string)Get(key);

    public TimeSpan Duration(string key) => (TimeSpan)Get(key);

    public ImmutableArray<string> List(string key) => (ImmutableArray<string>)Get(key);

    public ImmutableSortedDictionary<string, string> Map(string key) => (ImmutableSortedDictionary<string, string>)Get(key);

    public ImmutableSortedDictionary<string, bool> FeatureGates => (ImmutableSortedDictionary<string, bool>)Get("featureGates");

    public void Set(string key, object value) => _values[key] = value;

    private object Get(string key) => _values.TryGetValue(key, out var value)
        ? value
        : (KubeletSetting.FindName(key) ?? KubeletSetting.FindFlag(key) ?? throw new ArgumentException($"there is no setting {key}", nameof(key))).Initial;
}

/// <summary>A taint in a kubelet's configuration.</summary>
internal sealed record KubeletTaint(string Key, string Value, string Effect);
