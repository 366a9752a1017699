using System.Diagnostics.Metrics;

namespace K124.Sim.Networking;

/// <summary>The four metrics of 1.24's cluster-IP allocator, under its names and labels.</summary>
/// <remarks>Published through a <see cref="Meter"/> named <see cref="MeterName"/> whose instruments are read on demand, so that
/// counting costs the allocator an addition. Share one instance among the parts of one API server: in 1.24 the throw-away
/// ranges of the repair loop write the same series as the live allocator (kubernetes#109994). Instruments may be observed
/// from any thread; see there a value of a moment ago. Kubernetes 1.24 pkg/registry/core/service/ipallocator metrics.</remarks>
public sealed class ServiceIPMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "K124.Sim.Networking";

    private const string Prefix = "kube_apiserver_clusterip_allocator_";

    private readonly Meter _meter = new(MeterName);
    private Series[] _series = [];

    /// <summary>Makes the instruments; no series exists until an allocator touches one.</summary>
    public ServiceIPMetrics()
    {
        _meter.CreateObservableGauge(
            Prefix + "allocated_ips", () => Observe(series => series.AllocatedIPs), description: "Gauge measuring the number of allocated IPs for Services");
        _meter.CreateObservableGauge(
            Prefix + "available_ips", () => Observe(series => series.AvailableIPs), description: "Gauge measuring the number of available IPs for Services");
        _meter.CreateObservableCounter(
            Prefix + "allocation_total", () => ObserveScopes(series => series.Allocations), description: "Number of Cluster IPs allocations");
        _meter.CreateObservableCounter(
            Prefix + "allocation_errors_total", () => ObserveScopes(series => series.Errors), description: "Number of errors trying to allocate Cluster IPs");
    }

    /// <summary>Reads the metrics of one block.</summary>
    /// <param name="cidr">The block.</param>
    /// <returns>The values; all zero for a block that no allocator has touched.</returns>
    public ServiceIPMetricValues Read(ServiceCidr cidr)
    {
        ArgumentNullException.ThrowIfNull(cidr);
        var series = Array.Find(_series, series => series.Cidr == cidr.ToString());
        return series is null
            ? new(null, null, 0, 0, 0, 0)
            : new(series.AllocatedIPs, series.AvailableIPs, series.Allocations[0], series.Allocations[1], series.Errors[0], series.Errors[1]);
    }

    /// <summary>Takes the instruments down.</summary>
    public void Dispose() => _meter.Dispose();

    internal Series SeriesOf(ServiceCidr cidr)
    {
        lock (_meter)
        {
            var series = Array.Find(_series, series => series.Cidr == cidr.ToString());
            if (series is null)
            {
                series = new(cidr.ToString());
                _series = [.. _series, series];
            }

            return series;
        }
    }

    private IEnumerable<Measurement<long>> Observe(Func<Series, long?> value)
    {
        foreach (var series in _series)
        {
            if (value(series) is { } measured)
            {
                yield return new(measured, new KeyValuePair<string, object?>("cidr", series.Cidr));
            }
        }
    }

    private IEnumerable<Measurement<long>> ObserveScopes(Func<Series, long[]> values)
    {
        foreach (var series in _series)
        {
            for (var scope = 0; scope < 2; scope++)
            {
                if (values(series)[scope] is > 0 and var measured)
                {
                    yield return new(
                        measured,
                        new KeyValuePair<string, object?>("cidr", series.Cidr),
                        new KeyValuePair<string, object?>("scope", scope == 0 ? "static" : "dynamic"));
                }
            }
        }
    }

    /// <summary>The counters of one block; index 0 is scope static, 1 is dynamic.</summary>
    internal sealed class Series(string cidr)
    {
        private long _used;
        private long _free;
        private bool _isGaugeSet;

        public string Cidr => cidr;

        public long? AllocatedIPs => _isGaugeSet ? _used : null;

        public long? AvailableIPs => _isGaugeSet ? _free : null;

        public long[] Allocations { get; } = new long[2];

        public long[] Errors { get; } = new long[2];

        public void CountAllocation(bool isStatic, long used, long free)
        {
            Allocations[isStatic ? 0 : 1]++;
            SetGauges(used, free);
        }

        public void CountError(bool isStatic) => Errors[isStatic ? 0 : 1]++;

        public void SetGauges(long used, long free)
        {
            _used = used;
            _free = free;
            _isGaugeSet = true;
        }
    }
}
