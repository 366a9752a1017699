using K124.Sim.Api;

namespace K124.Sim.Workloads;

/// <summary>Calls in batches that double, until one fails: a full quota is not asked a thousand times.</summary>
internal static class SlowStart
{
    /// <summary>Makes calls.</summary>
    /// <param name="count">How many are wanted.</param>
    /// <param name="call">Makes the call with a number; its answer is the refusal, or null.</param>
    /// <returns>How many succeeded, and the first refusal.</returns>
    public static (int Successes, ApiStatus? Refusal) Run(int count, Func<int, ApiStatus?> call)
    {
        var successes = 0;
        var next = 0;
        for (var batch = Math.Min(count, 1); batch > 0; batch = Math.Min(2 * batch, count - next))
        {
            ApiStatus? first = null;
            var failures = 0;
            for (var i = 0; i < batch; i++)
            {
                if (call(next++) is { } refusal)
                {
                    first ??= refusal;
                    failures++;
                }
            }

            successes += batch - failures;
            if (first is not null)
            {
                return (successes, first);
            }
        }

        return (successes, null);
    }
}
