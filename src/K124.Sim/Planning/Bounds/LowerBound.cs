namespace K124.Sim.Planning.Bounds;

/// <summary>A proven bound, and the best packing that was found.</summary>
/// <param name="Certificate">The bound.</param>
/// <param name="Packing">The packing.</param>
/// <param name="TakesAll">Whether there is a bin for each shape.</param>
internal sealed record BoundedPacking(Certificate Certificate, Packing Packing, bool TakesAll);

/// <summary>Bounds from below what pods need, and packs them as a yardstick from above.</summary>
internal static class LowerBound
{
    /// <summary>Kinds of free room that the linear program tells apart; the certificate counts each node for itself.</summary>
    private const int MostFreeKinds = 40;

    /// <summary>Bounds and packs. Pods that no bin takes count for nothing.</summary>
    /// <param name="problem">The pods and the bins, those of unlimited number first.</param>
    /// <param name="objective">What costs are.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static BoundedPacking Of(PackingProblem problem, CertificateObjective objective, CancellationToken cancellationToken)
    {
        var solution = ConfigurationProgram.Solve(Simplified(problem), cancellationToken);
        bool[] isTaken = [.. Enumerable.Range(0, problem.Shapes.Length).Select(shape => problem.Bins.Any(bin => problem.Takes(bin, shape)))];
        double[] worths = [.. solution.Worths.Select((worth, shape) => isTaken[shape] ? worth : 0)];
        return new(CertificateIssue.Of(problem, worths, objective, cancellationToken), Packer.Best(problem, solution, cancellationToken), isTaken.All(static taken => taken));
    }

    /// <summary>The same with free room of nodes put together where there is too much of it to solve the program with.</summary>
    private static PackingProblem Simplified(PackingProblem problem)
    {
        PackingBin[] free = [.. problem.Bins.Where(static bin => bin.Cost == 0)];
        if (free.Length <= MostFreeKinds)
        {
            return problem;
        }

        var groups = free.GroupBy(static bin => bin.Accepts).SelectMany(group => Chunks(group, Math.Max(1, MostFreeKinds * group.Count() / free.Length)));
        return problem with { Bins = [.. problem.Bins.Where(static bin => bin.Cost > 0), .. groups] };
    }

    private static IEnumerable<PackingBin> Chunks(IEnumerable<PackingBin> bins, int count)
    {
        PackingBin[] sorted = [.. bins.OrderBy(static bin => bin.Capacity[0]).ThenBy(static bin => bin.Capacity.Length > 1 ? bin.Capacity[1] : 0)];
        foreach (var chunk in sorted.Chunk(Math.Max(1, (sorted.Length + count - 1) / count)))
        {
            var nodes = chunk.Sum(static bin => bin.Limit ?? 0);
            yield return chunk[0] with
            {
                Limit = nodes,
                Capacity = [.. Enumerable.Range(0, chunk[0].Capacity.Length).Select(r => (long)(chunk.Sum(bin => (double)bin.Capacity[r] * (bin.Limit ?? 0)) / Math.Max(1, nodes)))],
            };
        }
    }
}
