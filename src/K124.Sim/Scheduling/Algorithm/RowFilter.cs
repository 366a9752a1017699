using K124.Sim.Scheduling.Classes;

namespace K124.Sim.Scheduling.Algorithm;

/// <summary>One filter for one class of pods, on nodes one at a time: what hangs on the class is looked up once.</summary>
/// <remarks>Holds as long as what was worked out for the class.</remarks>
internal abstract class RowFilter
{
    /// <summary>Whether the filter passes a row.</summary>
    public abstract bool Passes(int row);

    /// <summary>If the verdict rests on amounts of nodes and what pods ask for alone, adds all of the latter that it rests on.</summary>
    /// <returns>Whether that is so.</returns>
    public virtual bool TryAddRequests(List<long> key) => false;
}

/// <summary>Asks the filter itself.</summary>
internal sealed class AnyRowFilter(IFilterPlugin plugin, PodClass pod) : RowFilter
{
    private readonly int[] _row = new int[1];

    public override bool Passes(int row)
    {
        _row[0] = row;
        return plugin.Narrow(pod, _row) > 0;
    }
}
