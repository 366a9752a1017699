using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Planning.Bounds;

namespace K124.Sim.Tests.Planning;

public sealed class CertificateTests
{
    /// <summary>One or two kinds of bins of two resources, and up to five shapes.</summary>
    private static Arbitrary<PackingProblem> Problems => Arb.From(
        from shapes in Gen.Choose(1, 5)
        from first in Gen.Choose(1, 7).ListOf(shapes)
        from second in Gen.Choose(0, 7).ListOf(shapes)
        from counts in Gen.Choose(1, 3).ListOf(shapes)
        from kinds in Gen.Choose(1, 2)
        from free in Gen.Choose(0, 2)
        from capacities in Gen.Choose(7, 12).ListOf(2 * (kinds + free))
        from prices in Gen.Choose(1, 3).ListOf(kinds)
        select new PackingProblem(
            ["cpu", "memory"],
            [.. Enumerable.Range(0, shapes).Select(i => new PackingShape($"s{i}", counts[i], [first[i], second[i]]))],
            [
                .. Enumerable.Range(0, kinds).Select(i => new PackingBin($"t{i}", [capacities[2 * i], capacities[(2 * i) + 1]], prices[i] * PackingProblem.Scale, null, 0)),
                .. Enumerable.Range(0, free).Select(i => new PackingBin($"n{i}", [capacities[2 * (kinds + i)] / 2, capacities[(2 * (kinds + i)) + 1] / 2], 0, 1, 0)),
            ],
            [[.. Enumerable.Repeat(true, shapes)]]));

    [Fact]
    public void Certificates_verify_and_are_never_above_the_optimum_nor_far_below() => Prop.ForAll(Problems, problem =>
    {
        var bounded = LowerBound.Of(problem, CertificateObjective.Price, CancellationToken.None);
        var optimum = Exhaustive.CheapestCost(problem);
        var check = bounded.Certificate.Verify();
        Assert.True(check.IsValid, check.Reason);
        Assert.True(bounded.Certificate.Total <= optimum, $"bound {bounded.Certificate.Total}, optimum {optimum}");
        Assert.True(bounded.Packing.IsComplete);
        Assert.True(bounded.Packing.Cost >= optimum);
        var dearest = problem.Bins.Max(static bin => bin.Cost);
        Assert.True(optimum - bounded.Certificate.Total <= dearest, $"bound {bounded.Certificate.Total}, optimum {optimum}");
        Assert.True(bounded.Packing.Cost <= optimum + dearest, $"packing {bounded.Packing.Cost}, optimum {optimum}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_certificate_comes_back_from_JSON_the_same() => Prop.ForAll(Problems, static problem =>
    {
        var certificate = LowerBound.Of(problem, CertificateObjective.Nodes, CancellationToken.None).Certificate;
        var read = Certificate.Parse(certificate.ToJson());
        Assert.True(read.Verify().IsValid);
        Assert.Equal(certificate.ToJson(), read.ToJson());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_tampered_certificate_does_not_verify() => Prop.ForAll(Problems, Gen.Choose(0, 6).ToArbitrary(), static (problem, place) =>
    {
        var certificate = LowerBound.Of(problem, CertificateObjective.Price, CancellationToken.None).Certificate;
        var (shape, bin) = (certificate.Shapes[0], certificate.Bins[0]);
        var tampered = place switch
        {
            0 => certificate with { Total = certificate.Total + 1 },
            1 => certificate with { Shapes = certificate.Shapes.SetItem(0, shape with { Worth = shape.Worth + 1 }) },
            2 => certificate with { Shapes = certificate.Shapes.SetItem(0, shape with { Count = shape.Count + 1 }) },
            3 => certificate with { Bins = certificate.Bins.SetItem(0, bin with { Cost = bin.Cost + 1 }) },
            4 => certificate with { Shapes = certificate.Shapes.SetItem(0, shape with { Requests = shape.Requests.SetItem(0, shape.Requests[0] + 1) }) },
            5 => certificate with { Bins = certificate.Bins.SetItem(0, bin with { Capacity = bin.Capacity.SetItem(0, bin.Capacity[0] - 1) }) },
            _ => certificate with { Scale = certificate.Scale - 1 },
        };
        Assert.False(tampered.Verify().IsValid);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Worths_that_are_too_high_are_found_even_with_a_fresh_digest()
    {
        var problem = new PackingProblem(["cpu"], [new("a", 4, [3])], [new("t", [10], PackingProblem.Scale, null, 0)], [[true]]);
        var certificate = LowerBound.Of(problem, CertificateObjective.Nodes, CancellationToken.None).Certificate;
        Assert.Equal(2, certificate.Bound);
        var dearer = certificate with { Shapes = [certificate.Shapes[0] with { Worth = PackingProblem.Scale / 2 }], Total = 2 * PackingProblem.Scale };
        var check = (dearer with { Digest = CertificateProof.DigestOf(dearer) }).Verify();
        Assert.False(check.IsValid);
        Assert.Equal("a packing of the bin 'template t' is worth 1500000, more than 1000000".Replace("template ", "", StringComparison.Ordinal), check.Reason);
    }

    [Fact]
    public void Searches_find_the_best_packing() => Prop.ForAll(Problems, Gen.Choose(1, 9).ListOf(5).ToArbitrary(), static (problem, worths) =>
    {
        PatternItem[] items = [.. problem.Shapes.Select((shape, i) => new PatternItem(worths[i], shape.Requests, shape.Count))];
        var capacity = problem.Bins[0].Capacity;
        var found = new PatternSearch(items, capacity).Find(capacity, 0, long.MaxValue);
        Assert.True(found.IsExhaustive);
        Assert.Equal(Exhaustive.BestWorth(items, capacity, 0), found.Worth);
    }).QuickCheckThrowOnFailure();

    /// <summary>Tries everything.</summary>
    private static class Exhaustive
    {
        public static long BestWorth(PatternItem[] items, long[] room, int from)
        {
            if (from == items.Length)
            {
                return 0;
            }

            long best = 0;
            for (var copies = 0; copies <= items[from].Most; copies++)
            {
                long[] left = [.. room.Select((amount, r) => amount - (copies * items[from].Requests[r]))];
                if (left.Any(static amount => amount < 0))
                {
                    break;
                }

                best = Math.Max(best, (copies * items[from].Worth) + BestWorth(items, left, from + 1));
            }

            return best;
        }

        /// <summary>Pods one after the other into each open bin, or into a new one of each kind.</summary>
        public static long CheapestCost(PackingProblem problem)
        {
            int[] pods = [.. Enumerable.Range(0, problem.Shapes.Length).OrderByDescending(i => problem.Shapes[i].Requests.Sum()).SelectMany(i => Enumerable.Repeat(i, problem.Shapes[i].Count))];
            var least = pods.Length * problem.Bins.Max(static bin => bin.Cost);
            var open = problem.Bins.Where(static bin => bin.Limit is not null).Select(static bin => (long[])bin.Capacity.Clone()).ToList();
            Place(0, 0);
            return least;

            void Place(int pod, long cost)
            {
                if (cost >= least)
                {
                    return;
                }

                if (pod == pods.Length)
                {
                    least = cost;
                    return;
                }

                var requests = problem.Shapes[pods[pod]].Requests;
                var seen = new HashSet<(long, long)>();
                foreach (var room in open.ToArray())
                {
                    if (room[0] >= requests[0] && room[1] >= requests[1] && seen.Add((room[0], room[1])))
                    {
                        Move(room, requests, -1);
                        Place(pod + 1, cost);
                        Move(room, requests, 1);
                    }
                }

                foreach (var bin in problem.Bins.Where(bin => bin.Limit is null && bin.Capacity[0] >= requests[0] && bin.Capacity[1] >= requests[1]))
                {
                    long[] room = [bin.Capacity[0] - requests[0], bin.Capacity[1] - requests[1]];
                    open.Add(room);
                    Place(pod + 1, cost + bin.Cost);
                    open.RemoveAt(open.Count - 1);
                }
            }

            static void Move(long[] room, long[] requests, int sign)
            {
                room[0] += sign * requests[0];
                room[1] += sign * requests[1];
            }
        }
    }
}
