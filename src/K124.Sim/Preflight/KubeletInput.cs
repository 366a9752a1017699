using System.Collections.Immutable;

namespace K124.Sim.Preflight;

/// <summary>How a kubelet is started.</summary>
/// <param name="File">What findings call it.</param>
public sealed record KubeletInput(string File)
{
    /// <summary>Words of its command line, without the program.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<string> Arguments { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Its configuration file as JSON; null if it has none.</summary>
    public string? ConfigurationJson { get; init; }
}
