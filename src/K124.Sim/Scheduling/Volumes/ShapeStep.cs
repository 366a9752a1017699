using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>The claims of a pod up to some one: what follows leads to further steps, so that pods alike come to the same shape and nothing is made for them.</summary>
internal sealed class ShapeStep
{
    private readonly ShapeStep? _before;
    private readonly ClaimRequest? _request;
    private readonly BoundPart? _bound;
    private readonly Dictionary<ClaimRequest, ShapeStep> _requests = [];
    private readonly Dictionary<BoundPart, ShapeStep> _parts = [];
    private VolumeShape? _shape;

    /// <summary>No claim yet.</summary>
    public ShapeStep()
    {
    }

    private ShapeStep(ShapeStep before, ClaimRequest? request, BoundPart? bound) => (_before, _request, _bound) = (before, request, bound);

    /// <summary>The shape of pods with these claims and no volumes that they name themselves.</summary>
    public VolumeShape Shape => _shape ??= ShapeWith([]);

    /// <summary>One more claim, which waits to be bound.</summary>
    public ShapeStep Then(ClaimRequest request)
    {
        if (!_requests.TryGetValue(request, out var next))
        {
            _requests.Add(request, next = new(this, request, null));
        }

        return next;
    }

    /// <summary>One more claim, which is bound.</summary>
    public ShapeStep Then(BoundPart bound)
    {
        if (!_parts.TryGetValue(bound, out var next))
        {
            _parts.Add(bound, next = new(this, null, bound));
        }

        return next;
    }

    /// <summary>The shape of pods with these claims, and volumes that they name themselves.</summary>
    public VolumeShape ShapeWith(IEnumerable<Volume> inline) =>
        VolumeShape.Shared(inline, Steps().Select(static step => step._request).OfType<ClaimRequest>(), Steps().Where(static step => step._bound is not null).Select(static step => step._bound!.Value));

    private IEnumerable<ShapeStep> Steps()
    {
        var steps = new Stack<ShapeStep>();
        for (var step = this; step is not null; step = step._before)
        {
            steps.Push(step);
        }

        return steps;
    }
}
