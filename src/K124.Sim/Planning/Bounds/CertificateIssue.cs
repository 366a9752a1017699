using System.Collections.Immutable;

namespace K124.Sim.Planning.Bounds;

/// <summary>Makes certificates of what shapes are worth.</summary>
internal static class CertificateIssue
{
    /// <summary>Steps of a search for a packing that is worth more; with dearer shapes a search without end gives way to a slightly lower bound.</summary>
    private const long MostSteps = 2_000_000;

    private const long StepsForOneOfMany = 2_000;

    private static readonly double[] Discounts = [1, 0.9999, 0.9997, 0.999, 0.997, 0.995, 0.99, 0.98, 0.97, 0.95, 0.9, 0.8, 0.5, 0];

    /// <summary>Makes a certificate.</summary>
    /// <param name="problem">The pods and the bins.</param>
    /// <param name="worths">What shapes are thought to be worth, in the unit of the bins' costs: a bin's packing may turn out to be worth more than it costs, and all are scaled down then.</param>
    /// <param name="objective">What costs are.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Certificate Of(PackingProblem problem, double[] worths, CertificateObjective objective, CancellationToken cancellationToken)
    {
        var scaled = worths;
        foreach (var discount in Discounts)
        {
            long[] whole = [.. scaled.Select(worth => (long)(worth * discount))];
            for (var attempt = 0; attempt < 20; attempt++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (share, isExhaustive) = LargestExcess(problem, whole, cancellationToken);
                if (share > 1)
                {
                    // Farley's bound: worths that are too high by some factor are divided by it.
                    scaled = [.. scaled.Select(worth => worth / share)];
                    whole = [.. scaled.Select(worth => (long)(worth * discount))];
                    continue;
                }

                if (isExhaustive)
                {
                    return Write(problem, whole, objective, cancellationToken);
                }

                break;
            }
        }

        return Write(problem, new long[worths.Length], objective, cancellationToken);
    }

    /// <summary>By which factor the best packing of a bin of unlimited number exceeds its cost; 1 if none does.</summary>
    private static (double Share, bool IsExhaustive) LargestExcess(PackingProblem problem, long[] worths, CancellationToken cancellationToken)
    {
        var searches = problem.Searches(worths, problem.Counts);
        var (share, isExhaustive) = (1.0, true);
        foreach (var bin in problem.Bins.Where(static bin => bin.Limit is null))
        {
            var found = searches[bin.Accepts]!.Find(bin.Capacity, bin.Cost, MostSteps, cancellationToken);
            share = bin.Cost > 0 ? Math.Max(share, (double)found.Worth / bin.Cost) : share;
            isExhaustive &= found.IsExhaustive;
        }

        return (share, isExhaustive);
    }

    private static Certificate Write(PackingProblem problem, long[] worths, CertificateObjective objective, CancellationToken cancellationToken)
    {
        var searches = problem.Searches(worths, problem.Counts);
        var refuses = problem.Accepts.Select(static accepts => Enumerable.Range(0, accepts.Length).Where(shape => !accepts[shape]).ToImmutableArray()).ToArray();
        var certificate = new Certificate
        {
            Objective = objective,
            Resources = [.. problem.Resources],
            Shapes = [.. problem.Shapes.Select((shape, i) => new CertificateShape(shape.Name, shape.Count, [.. shape.Requests], worths[i]))],
            Bins = [.. problem.Bins.Select(bin => new CertificateBin(
                bin.Name, [.. bin.Capacity], bin.Cost, bin.Limit, refuses[bin.Accepts],
                bin.Limit is null ? bin.Cost : searches[bin.Accepts]!.Find(bin.Capacity, 0, StepsForOneOfMany, cancellationToken).UpperBound))],
            Scale = PackingProblem.Scale,
            Total = 0,
            Digest = "",
        };
        certificate = certificate with { Total = (long)CertificateProof.TotalOf(certificate) };
        return certificate with { Digest = CertificateProof.DigestOf(certificate) };
    }
}
