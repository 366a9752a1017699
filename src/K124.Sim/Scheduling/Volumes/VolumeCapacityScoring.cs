using System.Collections.Immutable;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Storage.Binding;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>Scores a node by how full the volumes chosen there would be.</summary>
/// <param name="shape">Points of a piecewise linear function: utilization in percent, ascending, and score, 0 to 100.</param>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/volumebinding (scorer), KEP-1845.</remarks>
internal sealed class VolumeCapacityScoring(ImmutableArray<(long Utilization, long Score)> shape)
{
    private const int FullUtilization = 100;

    // Shapes give scores of 0 to 10.
    private const long ShapeScale = 10;

    private readonly List<(string ClassName, long Requested, long Capacity)> _classes = [];

    /// <summary>By points with scores of 0 to 10; without points the fuller, the better.</summary>
    public static VolumeCapacityScoring Of(ImmutableArray<UtilizationShapePoint> points) => new(
        points.IsEmpty ? [(0, 0), (FullUtilization, Normalization.MaxNodeScore)] : [.. points.Select(static point => ((long)point.Utilization, ShapeScale * point.Score))]);

    public long Score(List<BindingInfo> bindings)
    {
        if (bindings.Count == 0)
        {
            return 0;
        }

        _classes.Clear();
        foreach (var (claim, volume) in bindings)
        {
            Add(
                volume.Spec.StorageClassName,
                claim.Spec.Resources.Requests.TryGetValue(Claims.StorageResource, out var requested) ? requested.Value() : 0,
                Claims.CapacityOf(volume).Value());
        }

        var sum = 0L;
        foreach (var (_, requested, capacity) in _classes)
        {
            sum += ShapeAt(capacity == 0 || requested > capacity ? FullUtilization : requested * FullUtilization / capacity);
        }

        return (long)Math.Round((double)sum / _classes.Count, MidpointRounding.AwayFromZero);
    }

    private void Add(string className, long requested, long capacity)
    {
        for (var i = 0; i < _classes.Count; i++)
        {
            if (_classes[i].ClassName == className)
            {
                _classes[i] = (className, _classes[i].Requested + requested, _classes[i].Capacity + capacity);
                return;
            }
        }

        _classes.Add((className, requested, capacity));
    }

    private long ShapeAt(long utilization)
    {
        for (var i = 0; i < shape.Length; i++)
        {
            if (utilization <= shape[i].Utilization)
            {
                return i == 0
                    ? shape[0].Score
                    : shape[i - 1].Score
                        + ((shape[i].Score - shape[i - 1].Score) * (utilization - shape[i - 1].Utilization) / (shape[i].Utilization - shape[i - 1].Utilization));
            }
        }

        return shape[^1].Score;
    }
}
