using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

/// <summary>Runs a reconciler as the controller manager does: a queue of keys, one key at a time, failed ones again after a back-off.</summary>
public sealed class Controller : IComponent, IClocked, IRetrying
{
    private readonly IReconciler _reconciler;
    private readonly WorkQueue _queue;
    private readonly WorkQueue _routine;

    /// <summary>Makes a controller with an empty queue.</summary>
    /// <param name="reconciler">What brings a key into order.</param>
    public Controller(IReconciler reconciler)
        : this(reconciler, new(), new())
    {
        ArgumentNullException.ThrowIfNull(reconciler);
    }

    private Controller(IReconciler reconciler, WorkQueue queue, WorkQueue routine)
    {
        _reconciler = reconciler;
        _queue = queue;
        _routine = routine;
    }

    /// <inheritdoc/>
    public string Name => _reconciler.Name;

    /// <inheritdoc/>
    public ImmutableArray<ApiKind> Watches => _reconciler.Watches;

    /// <inheritdoc/>
    public long NextTicks => Math.Min(_queue.NextTicks, _routine.NextTicks);

    long IRetrying.NextTicksBesideRetries => _queue.NextTicksBesideRetries;

    DateTimeOffset IClocked.Now { get => _queue.Now; set => (_queue.Now, _routine.Now) = (value, value); }

    /// <inheritdoc/>
    public void Observe(in ObjectChange change, IObjectReader cache) => _reconciler.Observe(change, cache, _queue);

    /// <inheritdoc/>
    public void Work(IObjectReader cache, IApiClient api)
    {
        ArgumentNullException.ThrowIfNull(api);
        (_queue.Now, _routine.Now) = (api.Now, api.Now);
        while (_routine.TryTake(out var routine))
        {
            _queue.Add(routine);
        }

        if (!_queue.TryTake(out var key))
        {
            return;
        }

        var result = _reconciler.Reconcile(key, cache, api, _queue);
        if (!result.Succeeded && !result.IsFinal)
        {
            _queue.AddRateLimited(key);
            return;
        }

        _queue.Forget(key);
        if (result.RequeueAfter is { } delay)
        {
            (result.IsRoutine ? _routine : _queue).AddAfter(key, delay);
        }
    }

    /// <inheritdoc/>
    public IComponent Fork() => new Controller(_reconciler.Fork(), _queue.Fork(), _routine.Fork());
}
