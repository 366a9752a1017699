namespace K124.Sim.Scheduling.Algorithm.Indexing;

/// <summary>Choosing a node for a pod of the class.</summary>
internal sealed partial class ClassIndex
{
    private readonly List<(NodeGroup Group, short Value)> _tied = [];

    /// <summary>Rules out groups that fail in comparison with others.</summary>
    public void FilterGroups()
    {
        foreach (var group in _groups.All)
        {
            group.Verdict = 0;
        }

        var offset = _plan.RelativeScores.Length;
        for (var i = 0; i < _facets.Length; i++)
        {
            if (_facets[i] is { } facet)
            {
                if (_plan.Topology[i].Filters)
                {
                    facet.Filter(_groups.All, offset);
                }

                offset += facet.Width;
            }
        }
    }

    /// <summary>The nodes of the window with the greatest score: per group, the number that they have in the column.</summary>
    public List<(NodeGroup Group, short Value)> BestOf(SearchWindow window)
    {
        _tied.Clear();
        if (window.Groups.Count == 1)
        {
            _tied.Add((window.Groups[0], window.Groups[0].Best));
            return _tied;
        }

        Compare(window);
        var best = long.MinValue;
        foreach (var group in window.Groups)
        {
            best = Math.Max(best, group.Offset + group.Best);
        }

        foreach (var group in window.Groups)
        {
            if (group.Offset + group.Best == best)
            {
                _tied.Add((group, group.Best));
            }
        }

        return _tied;
    }

    /// <summary>Gives each group what comparison adds to its nodes' scores.</summary>
    private void Compare(SearchWindow window)
    {
        foreach (var group in window.Groups)
        {
            group.Offset = 0;
        }

        for (var i = 0; i < _plan.RelativeScores.Length; i++)
        {
            var (plugin, weight) = _plan.RelativeScores[i];
            ScaleByMaximum(window, i, plugin.IsReversed);
            AddWeighted(window, weight);
        }

        var offset = _plan.RelativeScores.Length;
        for (var i = 0; i < _facets.Length; i++)
        {
            if (_facets[i] is not { } facet)
            {
                continue;
            }

            if (facet.Scores && _plan.Topology[i].Weight != 0)
            {
                facet.Score(window, offset);
                AddWeighted(window, _plan.Topology[i].Weight);
            }

            offset += facet.Width;
        }
    }

    private static void AddWeighted(SearchWindow window, int weight)
    {
        foreach (var group in window.Groups)
        {
            group.Offset += weight * group.Raw;
        }
    }

    private static void ScaleByMaximum(SearchWindow window, int offset, bool reverse)
    {
        long max = 0;
        foreach (var group in window.Groups)
        {
            max = Math.Max(max, group.State[offset]);
        }

        foreach (var group in window.Groups)
        {
            group.Raw = Normalization.Scale(group.State[offset], max, reverse);
        }
    }
}
