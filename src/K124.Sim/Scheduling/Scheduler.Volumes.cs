using K124.Sim.Model;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Scheduling;

public sealed partial class Scheduler
{
    private const string PreBindFailure = "running PreBind plugin \"VolumeBinding\": ";

    /// <summary>The volumes and claims that decisions go by. Changes of the API come to it through <see cref="Apply"/> and <see cref="Delete"/>.</summary>
    public VolumeBinder Volumes => _state.Volumes.Binder;

    /// <summary>What is reserved for a pod that was put on a node and whose claims were not all bound then.</summary>
    /// <param name="pod">Namespace and name of the pod.</param>
    /// <returns>Volumes and claims as they are assumed to become; null if nothing is reserved.</returns>
    public PodVolumes? ReservedVolumes(ObjectKey pod) => _state.Volumes.ReservationOf(pod)?.Volumes;

    /// <summary>Begins PreBind: writes what is reserved for a pod to the API, volumes first.</summary>
    /// <param name="pod">Namespace and name of the pod.</param>
    /// <param name="update">Writes one object. What it stores has to come back through <see cref="Apply"/> like any other change of the API.</param>
    /// <returns>What was written. If there is an error, it is the text of 1.24, and the pod has to be forgotten.</returns>
    /// <exception cref="InvalidOperationException">Nothing is reserved for the pod, or it was written already.</exception>
    public VolumeBindingAttempt BeginPreBind(ObjectKey pod, Func<IApiObject, VolumeWrite> update)
    {
        if (_state.Volumes.ReservationOf(pod) is not { Attempt: null } reservation)
        {
            throw new InvalidOperationException($"Nothing is reserved for the pod '{pod}' that has not been written yet.");
        }

        var attempt = Volumes.BindPodVolumes(pod, reservation.NodeName, reservation.Volumes, update);
        _state.Volumes.Begin(pod, attempt);
        return attempt.Error is { } error ? attempt with { Error = PreBindFailure + error } : attempt;
    }

    /// <summary>Looks whether PreBind of a pod has ended: whether controllers have bound all its claims.</summary>
    /// <param name="pod">Namespace and name of the pod.</param>
    /// <param name="podExists">Whether the API still has the pod.</param>
    /// <param name="waited">How long the pod has waited since PreBind began; at the timeout of its profile PreBind fails.</param>
    /// <returns>Complete, if nothing is reserved any more; failed, with the text of 1.24, after which the pod has to be forgotten; or waiting.</returns>
    /// <exception cref="InvalidOperationException">PreBind of the pod has not begun.</exception>
    public VolumeBindingState CheckPreBind(ObjectKey pod, bool podExists = true, TimeSpan waited = default)
    {
        if (_state.Volumes.ReservationOf(pod) is not { } reservation)
        {
            return new(true, null);
        }

        if (reservation.Attempt is not { } attempt)
        {
            throw new InvalidOperationException($"PreBind of the pod '{pod}' has not begun.");
        }

        var state = attempt.Error is { } refusal ? new(false, refusal) : Volumes.CheckBindings(attempt, podExists);
        if (state is { IsComplete: false, Error: null } && waited.TotalSeconds >= BindTimeoutSecondsOf(pod))
        {
            state = new(false, "timed out waiting for the condition");
        }

        if (state.IsComplete)
        {
            _state.Volumes.Complete(pod);
        }

        return state.Error is { } error ? state with { Error = PreBindFailure + (attempt.Error is null ? "binding volumes: " : "") + error } : state;
    }

    private long BindTimeoutSecondsOf(ObjectKey pod) =>
        (_state.Pods.Find(pod) is >= 0 and var id ? FrameworkOf(_state.Pods[id].Pod) : null)?.BindTimeoutSeconds ?? new VolumeBindingArgs().BindTimeoutSeconds;
}
