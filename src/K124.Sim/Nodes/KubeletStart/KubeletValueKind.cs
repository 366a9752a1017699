namespace K124.Sim.Nodes.KubeletStart;

/// <summary>The type of a kubelet's setting.</summary>
internal enum KubeletValueKind
{
    /// <summary>Yes or no.</summary>
    Bool,

    /// <summary>A number of 32 bits.</summary>
    Int32,

    /// <summary>A number of 64 bits.</summary>
    Int64,

    /// <summary>A number with a fraction.</summary>
    Float64,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A duration.</summary>
    Duration,

    /// <summary>A list of texts.</summary>
    TextList,

    /// <summary>Texts by name.</summary>
    TextMap,

    /// <summary>Texts by name; on the command line a less-than sign stands between them.</summary>
    Thresholds,

    /// <summary>Yes or no by name.</summary>
    BoolMap,

    /// <summary>Labels, whose values may be left out.</summary>
    Labels,
}
