namespace K124.Sim.ControlPlane.Run;

/// <summary>Ends a run that stands still in time: components that answer each other without end.</summary>
internal sealed class InstantBound(long maxSteps)
{
    private long _instant;
    private long _steps;

    /// <exception cref="InvalidOperationException">Too many units of work at one instant.</exception>
    public void Count(long instant)
    {
        if (instant != _instant)
        {
            (_instant, _steps) = (instant, 0);
        }

        if (++_steps > maxSteps)
        {
            throw new InvalidOperationException($"After {maxSteps} units of work at {new DateTimeOffset(instant, TimeSpan.Zero):O} there is still work at the same instant: components answer each other without end.");
        }
    }
}
