using System.Collections.Immutable;

namespace K124.Sim.Model;

/// <summary>A Fibre Channel disk.</summary>
public sealed record FCVolumeSource
{
    private readonly Items<string> _targetWWNs;
    private readonly Items<string> _wwids;

    /// <summary>File system type.</summary>
    public string FsType { get; init => field = value ?? ""; } = "";

    /// <summary>Logical unit.</summary>
    public int? Lun { get; init; }

    /// <summary>Whether it is mounted read-only.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>World-wide names of targets.</summary>
    public ImmutableArray<string> TargetWWNs { get => _targetWWNs.Array; init => _targetWWNs = new(value); }

    /// <summary>World-wide identifiers of disks.</summary>
    public ImmutableArray<string> Wwids { get => _wwids.Array; init => _wwids = new(value); }
}
