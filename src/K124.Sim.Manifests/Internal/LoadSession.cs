namespace K124.Sim.Manifests.Internal;

/// <summary>One reading, from any number of files to one result.</summary>
internal sealed class LoadSession : InputSession
{
    private readonly ManifestOptions _options;
    private readonly ItemCollector _collector;

    public LoadSession(ManifestOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
        : this(options, new(options, new()), progress, cancellationToken)
    {
    }

    private LoadSession(ManifestOptions options, ItemCollector collector, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
        : base(options, collector, progress, cancellationToken) => (_options, _collector) = (options, collector);

    public ManifestResult Finish()
    {
        ReportProgress();
        return _collector.Finish(Files, Bytes);
    }

    public LoadResult FinishCluster()
    {
        if (_options.RequireKnownNodes)
        {
            _collector.CheckNodeNames();
        }

        var manifests = Finish();
        return new(manifests.Succeeded ? Cluster.Of(manifests.Objects) : null, manifests);
    }
}
