namespace K124.Sim.Scheduling.Internal;

/// <summary>A growing array in pages: growing copies nothing.</summary>
internal sealed class PagedArray<T>
    where T : struct
{
    private const int PageBits = 9;
    private const int PageSize = 1 << PageBits;
    private const int PageMask = PageSize - 1;

    private T[][] _pages = [];
    private int _pageCount;

    public ref T this[int index] => ref _pages[index >> PageBits][index & PageMask];

    public void EnsureCapacity(int count)
    {
        var pages = (count + PageMask) >> PageBits;
        if (pages > _pages.Length)
        {
            Array.Resize(ref _pages, Math.Max(pages, _pages.Length * 2));
        }

        for (; _pageCount < pages; _pageCount++)
        {
            _pages[_pageCount] = new T[PageSize];
        }
    }
}
