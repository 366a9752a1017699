using System.Collections.Frozen;
using System.Collections.Immutable;

namespace K124.Sim.Nodes.KubeletStart;

/// <summary>Something a kubelet can be told.</summary>
/// <param name="Name">Its name in the configuration file; empty if it has none there, or stands deeper in it.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Flag">Its flag without dashes; empty if it has none.</param>
/// <remarks>Kubernetes 1.24 cmd/kubelet/app/options and pkg/kubelet/apis/config.</remarks>
internal sealed partial record KubeletSetting(string Name, KubeletValueKind Kind, string Flag)
{
    /// <summary>Its value unless it is told; null for that of its type.</summary>
    public object? Default { get; init; }

    /// <summary>Whether zero in the file is a value of its own rather than none.</summary>
    public bool KeepsZero { get; init; }

    /// <summary>Why its flag should not be used; null if it may be.</summary>
    public string? Deprecation { get; init; }

    /// <summary>What names it among the values.</summary>
    public string Key => Name.Length > 0 ? Name : Flag;

    /// <summary>The value it has unless it is told.</summary>
    public object Initial => Default ?? Zero;

    /// <summary>The value of its type that says nothing.</summary>
    public object Zero => Kind switch
    {
        KubeletValueKind.Bool => false,
        KubeletValueKind.Int32 or KubeletValueKind.Int64 => 0L,
        KubeletValueKind.Float64 => 0d,
        KubeletValueKind.Duration => TimeSpan.Zero,
        KubeletValueKind.TextList => ImmutableArray<string>.Empty,
        KubeletValueKind.TextMap or KubeletValueKind.Thresholds or KubeletValueKind.Labels => ImmutableSortedDictionary<string, string>.Empty,
        KubeletValueKind.BoolMap => ImmutableSortedDictionary<string, bool>.Empty,
        _ => "",
    };

    /// <summary>Finds a setting by its flag; null if the kubelet of 1.24 has no such flag.</summary>
    public static KubeletSetting? FindFlag(string flag) => Index.ByFlag.GetValueOrDefault(flag);

    /// <summary>Finds a setting by its name in the file; null if there is none at the top of the file.</summary>
    public static KubeletSetting? FindName(string name) => Index.ByName.GetValueOrDefault(name);

    // A class of its own: fields of partial files have no order of initialisation.
    private static class Index
    {
        public static readonly FrozenDictionary<string, KubeletSetting> ByFlag =
            OfConfiguration.Concat(OfFlags).Where(setting => setting.Flag.Length > 0).ToFrozenDictionary(setting => setting.Flag, StringComparer.Ordinal);

        public static readonly FrozenDictionary<string, KubeletSetting> ByName =
            OfConfiguration.Where(setting => setting.Name.Length > 0).ToFrozenDictionary(setting => setting.Name, StringComparer.Ordinal);
    }
}
