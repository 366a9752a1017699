namespace K124.Sim.Scheduling.Classes;

/// <summary>A row for which something may have changed, and whether that may be what compares nodes; as one number.</summary>
internal static class TouchedRow
{
    public static int Of(int row, bool regroups) => (row << 1) | (regroups ? 1 : 0);

    public static int RowOf(int touched) => touched >> 1;

    /// <summary>Whether the node may have become unlike others that it was like.</summary>
    public static bool Regroups(int touched) => (touched & 1) != 0;
}
