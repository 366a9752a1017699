using K124.Sim.Model;

namespace K124.Sim.Scheduling;

public sealed partial class Scheduler
{
    private readonly List<Checkpoint> _checkpoints = [];

    /// <summary>Takes in an object that has come or has changed.</summary>
    /// <param name="item">The object. A pod with a node goes there, as the last of that node's pods, and is counted once the node is there; a pod
    /// without one counts through its nomination alone; one that has succeeded or failed counts as gone. A node that comes
    /// is examined from the next decision on. Kinds that no decision reads change nothing.</param>
    /// <remarks>The order in which nodes are examined is kept when a node changes its zone, or goes and comes back between two decisions.
    /// How many nodes have an image is noted for a node when that node changes. Kubernetes 1.24 pkg/scheduler (eventhandlers.go) and
    /// pkg/scheduler/internal/cache.</remarks>
    /// <exception cref="ArgumentException">The object has no name, or its kind is not modelled.</exception>
    public void Apply(IApiObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Metadata.Name.Length == 0)
        {
            throw new ArgumentException($"A {item.Kind} has no name.", nameof(item));
        }

        _state.Apply(item);
    }

    /// <summary>Takes out an object that is gone; one that is not there is ignored.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">Its namespace and name.</param>
    /// <remarks>The pods on a node that is gone stay known: should the node come back, they count again.</remarks>
    public void Delete(ApiKind kind, ObjectKey key)
    {
        ArgumentNullException.ThrowIfNull(kind);
        _state.Delete(kind, key);
    }

    /// <summary>Marks the present state, to go back to it with <see cref="Rollback"/>.</summary>
    /// <returns>The mark. Several may be there at once.</returns>
    public Checkpoint Checkpoint()
    {
        var checkpoint = new Checkpoint(this, _state.UndoCount, _start, _random.Copy());
        _state.OpenUndo();
        _checkpoints.Add(checkpoint);
        return checkpoint;
    }

    /// <summary>Goes back to a state: decisions from here on are as if nothing had happened since. The checkpoint stays good, those made after it do not.</summary>
    /// <param name="checkpoint">The mark of the state.</param>
    /// <remarks>Costs in proportion to what has changed since.</remarks>
    /// <exception cref="ArgumentException">The checkpoint is another scheduler's.</exception>
    /// <exception cref="ObjectDisposedException">The checkpoint was disposed of, or the scheduler has gone back to an earlier one.</exception>
    public void Rollback(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (!checkpoint.IsOf(this))
        {
            throw new ArgumentException("The checkpoint is another scheduler's.", nameof(checkpoint));
        }

        ObjectDisposedException.ThrowIf(checkpoint.IsDisposed, checkpoint);
        while (_checkpoints[^1] != checkpoint)
        {
            _checkpoints[^1].Dispose();
        }

        _state.UndoTo(checkpoint.Changes);
        _start = checkpoint.Start;
        _random = checkpoint.Random.Copy();
    }

    internal void Release(Checkpoint checkpoint)
    {
        _checkpoints.Remove(checkpoint);
        _state.CloseUndo();
    }
}
