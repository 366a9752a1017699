namespace K124.Sim.Manifests;

/// <summary>How manifests and dumps are read.</summary>
public sealed record ManifestOptions
{
    internal static readonly ManifestOptions Default = new();

    /// <summary>Whether a running pod on a node that was not read is an error.</summary>
    /// <value>Default false: dumps are taken while nodes come and go, and such a pod counts nowhere. Checked only for a cluster, and only if
    /// at least one Node was read.</value>
    public bool RequireKnownNodes { get; init; }

    /// <summary>Whether what is no Kubernetes object, or a copy of one that was read, is passed over and listed (<see cref="ManifestResult.PassedOver"/>).</summary>
    /// <value>Default false: it is an error.</value>
    public bool PassOverForeign { get; init; }

    /// <summary>Greatest size of one text or number, in bytes.</summary>
    /// <value>Default 16 MiB; at least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxValueBytes { get; init => field = AtLeastOne(value); } = 16 << 20;

    /// <summary>Greatest size of one object, in bytes; also of a list that has to be held as a whole.</summary>
    /// <value>Default 128 MiB; at least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxObjectBytes { get; init => field = AtLeastOne(value); } = 128 << 20;

    /// <summary>Greatest size of one document, decompressed, in bytes.</summary>
    /// <value>Default 16 GiB; at least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long MaxDocumentBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 16L << 30;

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

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
