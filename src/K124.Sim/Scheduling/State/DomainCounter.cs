namespace K124.Sim.Scheduling.State;

/// <summary>A number for each domain of a topology key, summed up over the pods on its nodes, and kept in step with them.</summary>
/// <param name="domains">The domains.</param>
/// <param name="rowsThatCount">The nodes whose pods count; null for all.</param>
/// <param name="countsUnlabelled">Whether nodes without the label count as those with an empty one.</param>
internal sealed class DomainCounter(TopologyDomains domains, RowFlags? rowsThatCount = null, bool countsUnlabelled = false)
{
    /// <summary>With more domains than this, nodes are told apart by the number of their domain, not by the domain.</summary>
    public const int MaxNarrowDomains = 16;

    private readonly List<(MatchCounter Pods, long Weight)> _matches = [];
    private readonly List<(CarriedTerm Pods, long Weight)> _terms = [];
    private readonly bool _isWide = domains.Count > MaxNarrowDomains;
    private long[] _sums = new long[domains.Count];

    public TopologyDomains Domains { get; } = domains;

    /// <summary>Whether there are many domains.</summary>
    public bool IsWide => _isWide;

    /// <summary>Number of changes.</summary>
    public int Version { get; private set; }

    /// <summary>Number of domains whose sum is not 0.</summary>
    public int NonZeroCount { get; private set; }

    /// <summary>Lets pods count; holds once rebuilt.</summary>
    public void Include(MatchCounter pods, long weight) => _matches.Add((pods, weight));

    /// <inheritdoc cref="Include(MatchCounter, long)"/>
    public void Include(CarriedTerm pods, long weight) => _terms.Add((pods, weight));

    /// <summary>The number of the node's domain; 0 if the node has none.</summary>
    public long Of(int row)
    {
        var domain = DomainOf(row);
        return domain == TopologyDomains.None ? 0 : OfDomain(domain);
    }

    public long OfDomain(int domain) => domain < _sums.Length ? _sums[domain] : 0;

    /// <summary>The node's domain, as pods are counted.</summary>
    public int DomainOf(int row)
    {
        var domain = Domains.Of[row];
        return domain == TopologyDomains.None && countsUnlabelled ? TopologyDomains.EmptyValue : domain;
    }

    /// <summary>Counts all anew.</summary>
    public void Rebuild(Population population)
    {
        if (_sums.Length < Domains.Count)
        {
            _sums = new long[Domains.Count];
        }

        Array.Clear(_sums);
        NonZeroCount = 0;
        Version++;
        foreach (var (pods, weight) in _matches)
        {
            AddAll(in population.Matching(pods), weight);
        }

        foreach (var (pods, weight) in _terms)
        {
            if (population.Carrying(pods).Total > 0)
            {
                AddAll(in population.Carrying(pods), weight);
            }
        }
    }

    /// <summary>Follows a change of pods.</summary>
    /// <returns>Whether the number of the node's domain changed.</returns>
    public bool Follow(in NodeChange change, Population population)
    {
        if (change.Sign == 0 || change.Pod is not { } pod || !Counts(change.Row))
        {
            return false;
        }

        long amount = 0;
        foreach (var (pods, weight) in _matches)
        {
            amount += population.Counts(pods, pod.Labels) ? weight : 0;
        }

        if (pod.CarriedTerms.Length > 0)
        {
            amount += WeightOf(pod.CarriedTerms);
        }

        return Add(change.Row, change.Sign * amount);
    }

    /// <summary>Adds to the number of the node's domain, if it has one.</summary>
    /// <returns>Whether that number changed.</returns>
    public bool Add(int row, long amount)
    {
        var domain = DomainOf(row);
        if (domain == TopologyDomains.None || amount == 0)
        {
            return false;
        }

        if (domain >= _sums.Length)
        {
            Array.Resize(ref _sums, Domains.Count);
        }

        Version++;
        ref var sum = ref _sums[domain];
        NonZeroCount -= sum != 0 ? 1 : 0;
        sum += amount;
        NonZeroCount += sum != 0 ? 1 : 0;
        return true;
    }

    private bool Counts(int row) => rowsThatCount is null || rowsThatCount[row];

    private long WeightOf(CarriedTerm[] carried)
    {
        long amount = 0;
        foreach (var (pods, weight) in _terms)
        {
            foreach (var term in carried)
            {
                amount += term == pods ? weight : 0;
            }
        }

        return amount;
    }

    private void AddAll(in RowCounts counts, long weight)
    {
        var perNode = counts.PerNode;
        for (var row = Math.Min(perNode.Length, Domains.Of.Length) - 1; row >= 0; row--)
        {
            if (perNode[row] != 0 && Counts(row))
            {
                Add(row, weight * perNode[row]);
            }
        }
    }
}
