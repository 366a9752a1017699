namespace K124.Sim;

/// <summary>Where a decision that Kubernetes makes at random gets its draw from.</summary>
public interface IRandomSource
{
    /// <summary>Draws a number.</summary>
    /// <param name="exclusiveMax">Upper bound, at least 1.</param>
    /// <returns>A number from 0 to <paramref name="exclusiveMax"/> − 1.</returns>
    long Next(long exclusiveMax);
}
