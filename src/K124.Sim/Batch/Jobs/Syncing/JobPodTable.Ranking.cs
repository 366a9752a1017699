namespace K124.Sim.Batch.Jobs.Syncing;

internal sealed partial class JobPodTable
{
    /// <summary>Orders two active pods by which is deleted first.</summary>
    /// <returns>Below zero if the first is; zero for a tie.</returns>
    /// <remarks>Kubernetes 1.24 pkg/controller (ActivePods).</remarks>
    public int CompareForDeletion(int first, int second)
    {
        var flags = _flags[first];
        var otherFlags = _flags[second];
        var order = Order((flags & PodFlags.Bound) != PodFlags.None, (otherFlags & PodFlags.Bound) != PodFlags.None);
        if (order == 0)
        {
            order = Rank(_phases[first]).CompareTo(Rank(_phases[second]));
        }

        var ready = (flags & PodFlags.Ready) != PodFlags.None;
        if (order == 0)
        {
            order = Order(ready, (otherFlags & PodFlags.Ready) != PodFlags.None);
        }

        if (order == 0 && ready)
        {
            order = UnknownThenNewest(_readyTicks[first], _readyTicks[second]);
        }

        if (order == 0)
        {
            order = _mostRestarts[second].CompareTo(_mostRestarts[first]);
        }

        return order != 0 ? order : UnknownThenNewest(_createdTicks[first], _createdTicks[second]);
    }

    /// <summary>The active pods to delete, in the order in which they go.</summary>
    /// <param name="surplus">How many must go at least; duplicates and stray indexes go regardless.</param>
    /// <param name="into">Receives the pods.</param>
    public void TakeSurplus(int surplus, List<int> into)
    {
        if (surplus == 0 && StrayActiveCount == 0 && DuplicateActiveCount == 0)
        {
            return;
        }

        var left = new List<int>(_active);
        if (_indexed && StrayActiveCount + DuplicateActiveCount > 0)
        {
            left.Sort(CompareByIndex);
            left = TakeStraysAndDuplicates(left, into);
        }

        if (into.Count < surplus)
        {
            left.Sort(CompareForDeletionInOrder);
            into.AddRange(left[..(surplus - into.Count)]);
        }
    }

    /// <summary>By index, then by row.</summary>
    public int CompareByIndex(int first, int second)
    {
        var order = _indexes[first].CompareTo(_indexes[second]);
        return order != 0 ? order : first.CompareTo(second);
    }

    private static int Order(bool first, bool second) => first.CompareTo(second);

    private static int Rank(PodPhase phase) => phase switch
    {
        PodPhase.Running => 2,
        PodPhase.Unknown => 1,
        _ => 0,
    };

    private static int UnknownThenNewest(long firstTicks, long secondTicks) =>
        firstTicks == secondTicks ? 0
        : firstTicks == 0 || secondTicks == 0 ? (firstTicks == 0 ? -1 : 1)
        : secondTicks.CompareTo(firstTicks);

    // Kubernetes leaves ties open. The lower index, then the older row goes first.
    private int CompareForDeletionInOrder(int first, int second)
    {
        var order = CompareForDeletion(first, second);
        return order != 0 ? order
            : _indexed ? CompareByIndex(first, second)
            : first.CompareTo(second);
    }

    private List<int> TakeStraysAndDuplicates(List<int> byIndex, List<int> into)
    {
        var left = new List<int>(byIndex.Count);
        for (var start = 0; start < byIndex.Count;)
        {
            var index = _indexes[byIndex[start]];
            var end = start + 1;
            while (end < byIndex.Count && _indexes[byIndex[end]] == index)
            {
                end++;
            }

            var group = byIndex[start..end];
            if (!IsValid(group[0]))
            {
                into.AddRange(group);
            }
            else
            {
                group.Sort(CompareForDeletionInOrder);
                into.AddRange(group[..^1]);
                left.Add(group[^1]);
            }

            start = end;
        }

        return left;
    }
}
