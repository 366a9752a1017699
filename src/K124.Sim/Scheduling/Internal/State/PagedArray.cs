using System.Diagnostics;

namespace K124.Sim.Scheduling.Internal;

/// <summary>A growing array in pages, so that a copy shares all pages that neither side has written to since.</summary>
internal sealed class PagedArray<T>
    where T : struct
{
    private const int PageBits = 9;
    private const int PageSize = 1 << PageBits;
    private const int PageMask = PageSize - 1;

    private T[][] _pages = [];
    private bool[] _isShared = [];
    private int _pageCount;

    public int Capacity => _pageCount << PageBits;

    /// <summary>An element, to read.</summary>
    public ref readonly T this[int index] => ref _pages[index >> PageBits][index & PageMask];

    /// <summary>An element, to write.</summary>
    public ref T Mutable(int index)
    {
        var page = index >> PageBits;
        if (_isShared[page])
        {
            _pages[page] = (T[])_pages[page].Clone();
            _isShared[page] = false;
        }

        return ref _pages[page][index & PageMask];
    }

    public void EnsureCapacity(int count)
    {
        var pages = (count + PageMask) >> PageBits;
        if (pages > _pages.Length)
        {
            var length = Math.Max(pages, _pages.Length * 2);
            Array.Resize(ref _pages, length);
            Array.Resize(ref _isShared, length);
        }

        for (; _pageCount < pages; _pageCount++)
        {
            _pages[_pageCount] = new T[PageSize];
        }
    }

    /// <summary>A copy that costs one reference a page.</summary>
    public PagedArray<T> Share()
    {
        Debug.Assert(_pages.Length == _isShared.Length);
        Array.Fill(_isShared, true);
        return new() { _pages = [.. _pages], _isShared = [.. _isShared], _pageCount = _pageCount };
    }
}
