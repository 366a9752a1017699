namespace K124.Sim.Manifests;

/// <summary>How manifests and dumps are read.</summary>
public sealed record ManifestOptions
{
    internal static readonly ManifestOptions Default = new();

    /// <summary>Whether a running pod on a node that was not read is an error.</summary>
    /// <value>Default true. Checked only for a cluster, and only if at least one Node was read.</value>
    public bool RequireKnownNodes { get; init; } = true;

    /// <summary>Greatest number of errors that are reported one by one; the rest is counted.</summary>
    /// <value>Default 100; at least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int ErrorLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100;

    internal int BufferSize { get; init; } = 1 << 20;
}
