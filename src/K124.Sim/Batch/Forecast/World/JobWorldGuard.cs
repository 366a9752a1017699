using System.Globalization;
using K124.Sim.Time;

namespace K124.Sim.Batch.Forecast.World;

/// <summary>Keeps a run from going on for ever: hears of its cancellation, notices that virtual time stands still, and bounds what it holds.</summary>
internal sealed class JobWorldGuard(VirtualClock clock)
{
    /// <summary>Most syncs at one instant; the pods that a run may hold take a fifth of it to be made.</summary>
    private const int MostSyncsAtOneInstant = 100_000;

    /// <summary>Most pods that a run creates.</summary>
    private const int MostPods = 10_000_000;

    private const int PodsBetweenLooks = 256;

    private long _instantTicks = -1;
    private int _syncsAtInstant;

    public CancellationToken CancellationToken { get; set; }

    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    /// <exception cref="InvalidOperationException">Virtual time stands still.</exception>
    public void BeginSync()
    {
        CancellationToken.ThrowIfCancellationRequested();
        if (clock.UtcTicks != _instantTicks)
        {
            _instantTicks = clock.UtcTicks;
            _syncsAtInstant = 0;
        }

        if (++_syncsAtInstant > MostSyncsAtOneInstant)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"virtual time stands still at {clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.ffffffZ}: each of {MostSyncsAtOneInstant} syncs of the Job at that instant called for another"));
        }
    }

    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    /// <exception cref="InvalidOperationException">The run holds as many pods as it may.</exception>
    public void BeginPod(int podCount)
    {
        if (podCount % PodsBetweenLooks == 0)
        {
            CancellationToken.ThrowIfCancellationRequested();
        }

        if (podCount >= MostPods)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the Job has created {MostPods} pods, and a run holds no more"));
        }
    }
}
