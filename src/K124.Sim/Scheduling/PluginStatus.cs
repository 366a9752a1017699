using System.Collections.Immutable;

namespace K124.Sim.Scheduling;

/// <summary>One plugin's objection to a node or a pod.</summary>
public sealed record PluginStatus
{
    internal PluginStatus(string plugin, StatusCode code, params ImmutableArray<string> reasons)
    {
        Plugin = plugin;
        Code = code;
        Reasons = reasons;
        Alone = [this];
    }

    /// <summary>Name of the plugin, for example <c>NodeResourcesFit</c>.</summary>
    public string Plugin { get; }

    /// <summary>Kind of objection.</summary>
    public StatusCode Code { get; }

    /// <summary>The texts that 1.24 prints, in the plugin's order.</summary>
    public ImmutableArray<string> Reasons { get; }

    /// <summary>The list of this status alone, made once: most rejected nodes share it.</summary>
    internal ImmutableArray<PluginStatus> Alone { get; }

    /// <inheritdoc/>
    public bool Equals(PluginStatus? other) =>
        other is not null && Plugin == other.Plugin && Code == other.Code && Reasons.SequenceEqual(other.Reasons, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Plugin, Code, Reasons.Length, Reasons.IsEmpty ? "" : Reasons[0]);

    /// <inheritdoc/>
    public override string ToString() => $"{Plugin}: {Code} ({string.Join(", ", Reasons)})";
}
