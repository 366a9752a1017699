namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>A counter for each index, stored in pages so that one high index costs one page.</summary>
internal sealed class IndexCounts
{
    private const int PageBits = 10;
    private const int PageMask = (1 << PageBits) - 1;

    private int[]?[] _pages = new int[]?[1];

    public int this[int index]
    {
        get
        {
            var page = index >> PageBits;
            return page < _pages.Length && _pages[page] is { } counts ? counts[index & PageMask] : 0;
        }
    }

    /// <returns>The count after the change.</returns>
    public int Change(int index, int by)
    {
        var page = index >> PageBits;
        if (page >= _pages.Length)
        {
            Array.Resize(ref _pages, (int)Math.Max(page + 1L, Math.Min(_pages.Length * 2L, 1 << (31 - PageBits))));
        }

        return (_pages[page] ??= new int[PageMask + 1])[index & PageMask] += by;
    }
}
