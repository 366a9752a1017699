namespace K124.Sim.Conformance.ClusterIP;

/// <summary>Replays recorded random numbers; one too many or one too few is a difference.</summary>
internal sealed class RecordedDraws : IRandomSource
{
    private readonly Queue<long> _draws = new();

    /// <summary>What was asked for beyond the recording; null if nothing was.</summary>
    public string? Misuse { get; private set; }

    public void Expect(IEnumerable<long> draws)
    {
        foreach (var draw in draws)
        {
            _draws.Enqueue(draw);
        }
    }

    public long Next(long exclusiveMax)
    {
        if (!_draws.TryDequeue(out var draw) || draw >= exclusiveMax)
        {
            Misuse ??= $"a draw below {exclusiveMax} is not recorded";
            return 0;
        }

        return draw;
    }

    /// <summary>Ends one operation: says what is wrong with its draws, and forgets it.</summary>
    public string? Finish()
    {
        var problem = Misuse ?? (_draws.Count > 0 ? $"{_draws.Count} recorded draws were not asked for" : null);
        Misuse = null;
        _draws.Clear();
        return problem;
    }
}
