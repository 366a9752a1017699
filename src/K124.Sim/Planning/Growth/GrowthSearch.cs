using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Planning.Bounds;
using K124.Sim.Planning.Internal;
using K124.Sim.Scheduling;

namespace K124.Sim.Planning.Growth;

/// <summary>One search for the nodes to add.</summary>
internal sealed class GrowthSearch
{
    private const string OwnProfile = "default";

    /// <summary>Numbers of nodes, one after the other, that bring no more pods to a place, after which no number is thought to.</summary>
    private const int Patience = 12;

    private const int MostMixTries = 400;
    private const decimal PriceUnit = PackingProblem.Scale;

    private readonly PlanningWorld _world;
    private readonly GrowRequest _request;
    private readonly IProgress<PlanProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly PlannedDemand _demand;
    private readonly NodeDaemons _daemons;
    private readonly Scheduler _opened;
    private readonly ImmutableArray<string> _daemonNotices;
    private readonly Demand _shapes;
    private readonly PackingBin[] _free;
    private readonly List<bool[]> _accepts = [];
    private readonly long[][] _capacities;
    private int _tries;

    public GrowthSearch(PlanningWorld world, GrowRequest request, IProgress<PlanProgress>? progress, CancellationToken cancellationToken)
    {
        (_world, _request, _progress, _cancellationToken) = (world, request, progress, cancellationToken);
        _demand = PlannedDemand.Of(world, [.. request.Workloads, .. request.Bursts.SelectMany(CopiesOf)], cancellationToken);
        _daemons = new(_demand.Cluster);
        _opened = world.Fork(_demand.Cluster);
        _daemonNotices = [.. _demand.Expansion.Daemons.Fill(_opened)];
        _shapes = new(_demand.Pods.Where(static planned => planned.Pod.Spec.NodeName.Length == 0).Select(static planned => planned.Pod), world.Options);
        _free = FreeBins();
        _capacities = [.. request.Templates.Select(CapacityOf)];
    }

    public GrowPlan Run()
    {
        var today = Open(_world.Options).Try(_cancellationToken).Placed;
        var counted = _request.Templates.Select((template, i) => Bounded([i], static _ => PackingProblem.Scale, CertificateObjective.Nodes)).ToArray();
        var priced = Bounded([.. Enumerable.Range(0, _request.Templates.Length)], CostOf, CertificateObjective.Price);
        NamedScheduler[] profiles = [new(OwnProfile, _world.Options), .. _request.Profiles];
        return new()
        {
            Pods = _demand.Pods.Length,
            Shapes = _shapes.Shapes.Length,
            PlacedToday = today,
            Answers = [.. profiles.Select(profile => Answer(profile, counted, priced.Packing))],
            PriceBound = priced.Certificate,
            BestPacking = MixOf([.. priced.Packing.Used.Take(_request.Templates.Length)], priced.Packing.IsComplete),
            NotCreated = _demand.Expansion.NotCreated,
            Notices =
            [
                .. _demand.Expansion.Notices,
                .. _daemonNotices,
                .. PlanNotices.For(_demand.Cluster, [.. _demand.Pods.Select(static planned => planned.Pod)]),
                .. PlanNotices.ForProvisioned(_demand.Expansion.Claims.TakenAsProvisioned),
            ],
        };
    }

    private static IEnumerable<IApiObject> CopiesOf(PodBurst burst) => Enumerable.Range(1, burst.Count).Select(number => burst.Pod with
    {
        Metadata = burst.Pod.Metadata with { Name = $"{burst.Pod.Metadata.Name}-burst-{number}", Uid = "", DeletionTimestamp = null },
        Spec = burst.Pod.Spec.NodeName.Length == 0 ? burst.Pod.Spec : burst.Pod.Spec with { NodeName = "" },
    });

    private static long CostOf(NodeTemplate template) => (long)decimal.Floor(template.Price * PriceUnit);

    /// <summary>A world without new nodes yet.</summary>
    private GrowthWorld Open(SchedulerOptions options)
    {
        if (ReferenceEquals(options, _world.Options))
        {
            return new(_opened.Fork(), _demand, _daemons);
        }

        var scheduler = new Scheduler(_demand.Cluster, options);
        _ = _demand.Expansion.Daemons.Fill(scheduler).ToArray();
        return new(scheduler, _demand, _daemons);
    }

    private GrowAnswer Answer(NamedScheduler profile, BoundedPacking[] bounds, Packing packing)
    {
        var options = _request.Templates.Select((template, i) => Option(template, bounds[i], profile.Options)).ToImmutableArray();
        return new(profile.Name, options, Cheapest(profile.Options, options, packing));
    }

    private GrowOption Option(NodeTemplate template, BoundedPacking bounded, SchedulerOptions options)
    {
        var search = Scan(template, bounded, options, _request.StableRange);
        return search with
        {
            FirstNodesBySeed =
            [
                .. Enumerable.Range(0, _request.Seeds).Select(seed =>
                    Scan(template, bounded, options with { TieBreak = TieBreak.Seeded, Seed = (ulong)seed }, stableRange: 0).FirstNodes),
            ],
        };
    }

    /// <summary>Adds node after node from the bound on.</summary>
    private GrowOption Scan(NodeTemplate template, BoundedPacking bounded, SchedulerOptions options, int stableRange)
    {
        var world = Open(options);
        var isHopeless = !bounded.TakesAll;
        var bound = isHopeless ? Math.Max(1, Math.Max((int)bounded.Certificate.Bound, bounded.Packing.Used[0])) : (int)bounded.Certificate.Bound;
        world.Add(template, bound);
        var steps = ImmutableArray.CreateBuilder<GrowStep>();
        var (nodes, stride, decisions, farthest, unchanged) = (bound, 1, 0L, -1, 0);
        int? first = null, stableFrom = null;
        var isExhaustive = true;
        while (true)
        {
            var (placed, failure) = Try(world);
            steps.Add(new(nodes, placed, failure));
            decisions += _demand.Pods.Length;
            first ??= failure is null ? nodes : null;
            stableFrom = failure is not null ? null : stableFrom ?? nodes;
            (farthest, unchanged) = placed > farthest ? (placed, 0) : (farthest, unchanged + 1);
            if (first is null ? isHopeless || unchanged >= Patience : stableFrom is { } from ? nodes - from >= stableRange : nodes - first >= 4 * stableRange)
            {
                break;
            }

            if (first is null && decisions > _request.MostDecisions)
            {
                (stride, isExhaustive) = (Math.Max(1, nodes / 8), false);
            }

            var step = first is null ? stride : 1;
            world.Add(template, step);
            nodes += step;
        }

        return new()
        {
            Template = template.Name,
            FirstNodes = first,
            StableFrom = stableFrom,
            TriedUpTo = nodes,
            IsExhaustive = isExhaustive,
            Price = first * template.Price,
            Bound = bounded.Certificate,
            BestPacking = bounded.Packing.IsComplete ? bounded.Packing.Used[0] : null,
            Steps = steps.ToImmutable(),
        };
    }

    private (int Placed, PodPlacement? Failure) Try(GrowthWorld world)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _progress?.Report(new(++_tries, null));
        return world.Try(_cancellationToken);
    }

    /// <summary>The cheapest nodes that do: those of one template, or the mix of the packing with what the scheduler needs beyond it.</summary>
    private GrowMix? Cheapest(SchedulerOptions options, ImmutableArray<GrowOption> alone, Packing packing)
    {
        int[]? best = null;
        for (var i = 0; i < alone.Length; i++)
        {
            if (alone[i].FirstNodes is { } nodes)
            {
                var counts = new int[alone.Length];
                counts[i] = nodes;
                best = best is null || PriceOf(counts) < PriceOf(best) ? counts : best;
            }
        }

        if (_request.Templates.Length > 1 && Mixed([.. packing.Used.Take(alone.Length)], options) is { } mixed && (best is null || PriceOf(mixed) < PriceOf(best)))
        {
            best = mixed;
        }

        return best is null ? null : OpenWith(best, options).Carry(MixOf(best, isComplete: true), _cancellationToken);
    }

    private GrowthWorld OpenWith(int[] counts, SchedulerOptions options)
    {
        var world = Open(options);
        for (var i = 0; i < counts.Length; i++)
        {
            world.Add(_request.Templates[i], counts[i]);
        }

        return world;
    }

    private int[]? Mixed(int[] counts, SchedulerOptions options)
    {
        var world = OpenWith(counts, options);
        var (farthest, unchanged) = (-1, 0);
        for (var tries = 0; ; tries++)
        {
            var (placed, failure) = Try(world);
            if (failure is null)
            {
                break;
            }

            (farthest, unchanged) = placed > farthest ? (placed, 0) : (farthest, unchanged + 1);
            if (tries >= MostMixTries || unchanged >= Patience || CheapestFor(failure.Pod) is not (>= 0 and var template))
            {
                return null;
            }

            counts[template]++;
            world.Add(_request.Templates[template]);
        }

        return Pruned(counts, options);
    }

    /// <summary>Takes nodes away, dear ones first, as long as the rest does.</summary>
    private int[] Pruned(int[] counts, SchedulerOptions options)
    {
        var tries = 0;
        foreach (var template in Enumerable.Range(0, counts.Length).OrderByDescending(i => _request.Templates[i].Price))
        {
            while (counts[template] > 0 && tries++ < MostMixTries)
            {
                counts[template]--;
                if (Try(OpenWith(counts, options)).Failure is not null)
                {
                    counts[template]++;
                    break;
                }
            }
        }

        return counts;
    }

    private int CheapestFor(Pod pod)
    {
        var shape = new Demand([pod], _world.Options);
        var requests = shape.Shapes[0].Requests;
        var best = -1;
        for (var i = 0; i < _request.Templates.Length; i++)
        {
            var template = _request.Templates[i];
            var capacity = CapacityOf(template, shape);
            if (shape.AcceptedBy(template.Make(template.Name))[0]
                && !requests.Where((amount, r) => amount > capacity[r]).Any()
                && (best < 0 || template.Price < _request.Templates[best].Price))
            {
                best = i;
            }
        }

        return best;
    }

    private decimal PriceOf(int[] counts) => counts.Select((count, i) => count * _request.Templates[i].Price).Sum();

    private NodeMix MixOf(int[] counts, bool isComplete) =>
        new([.. counts.Select((count, i) => new TemplateCount(_request.Templates[i].Name, count)).Where(static item => item.Count > 0)], PriceOf(counts), isComplete);

    /// <summary>Bounds what the given templates need, beside the free room of the nodes that are there.</summary>
    private BoundedPacking Bounded(int[] templates, Func<NodeTemplate, long> costOf, CertificateObjective objective)
    {
        PackingBin[] bins =
        [
            .. templates.Select(i => new PackingBin($"template {_request.Templates[i].Name}", _capacities[i], costOf(_request.Templates[i]), null, AcceptsOf(_request.Templates[i].Make(_request.Templates[i].Name)))),
            .. _free,
        ];
        return LowerBound.Of(new(_shapes.Resources, _shapes.Shapes, bins, [.. _accepts]), objective, _cancellationToken);
    }

    private long[] CapacityOf(NodeTemplate template) => CapacityOf(template, _shapes);

    /// <summary>What a node of a template has left once the pods of DaemonSets are there.</summary>
    private long[] CapacityOf(NodeTemplate template, Demand demand)
    {
        var scheduler = new Scheduler(Cluster.Of(template.Make(template.Name)), new() { Release = _world.Options.Release });
        foreach (var pod in _daemons.For(template.Make(template.Name)))
        {
            NodeDaemons.Put(scheduler, pod);
        }

        return demand.CapacityOf(resource => scheduler.FreeOf(resource, scheduler.NodeRows[0]));
    }

    private int AcceptsOf(Node node)
    {
        var accepts = _shapes.AcceptedBy(node);
        var index = _accepts.FindIndex(known => known.AsSpan().SequenceEqual(accepts));
        if (index < 0)
        {
            index = _accepts.Count;
            _accepts.Add(accepts);
        }

        return index;
    }

    /// <summary>The free room of the nodes that are there; nodes with the same are one bin.</summary>
    private PackingBin[] FreeBins()
    {
        var shapes = _shapes.Shapes;
        var bins = new Dictionary<string, (PackingBin Bin, int Count)>(StringComparer.Ordinal);
        foreach (var row in _opened.NodeRows)
        {
            var node = _opened.NodeOf(row);
            var bin = new PackingBin($"node {node.Metadata.Name}", _shapes.CapacityOf(resource => _opened.FreeOf(resource, row)), 0, 1, AcceptsOf(node));
            if (Enumerable.Range(0, shapes.Length).Any(shape => _accepts[bin.Accepts][shape] && !shapes[shape].Requests.Where((amount, r) => amount > bin.Capacity[r]).Any()))
            {
                var key = $"{bin.Accepts}: {string.Join(' ', bin.Capacity)}";
                bins[key] = bins.TryGetValue(key, out var known) ? (known.Bin, known.Count + 1) : (bin, 1);
            }
        }

        return [.. bins.Values.Select(static item => item.Bin with { Limit = item.Count, Name = item.Count == 1 ? item.Bin.Name : $"{item.Bin.Name} and {item.Count - 1} like it" })];
    }
}
