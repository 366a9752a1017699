namespace K124.Sim.Collections;

/// <summary>A growing array in pages: growing copies nothing, and a fork shares the pages that neither side writes to afterwards.</summary>
internal sealed class PagedArray<T>
{
    private const int PageBits = 7;
    private const int PageSize = 1 << PageBits;
    private const int PageMask = PageSize - 1;

    private readonly Ownership _ownership;
    private T[][] _pages = [];
    private object?[] _owners = [];
    private int _pageCount;

    public PagedArray(Ownership ownership) => _ownership = ownership;

    private PagedArray(Ownership ownership, PagedArray<T> other)
        : this(ownership)
    {
        _pageCount = other._pageCount;
        _pages = other._pages.AsSpan(0, _pageCount).ToArray();
        _owners = new object?[_pageCount];
    }

    /// <summary>Reads an item.</summary>
    public ref readonly T this[int index] => ref _pages[index >> PageBits][index & PageMask];

    /// <summary>An array with the same items, which changes of this one do not touch. This one's holder has to renounce what it owns.</summary>
    public PagedArray<T> Fork(Ownership ownership) => new(ownership, this);

    /// <summary>An item to write to.</summary>
    public ref T Own(int index)
    {
        var page = index >> PageBits;
        if (!ReferenceEquals(_owners[page], _ownership.Token))
        {
            Copy(page);
        }

        return ref _pages[page][index & PageMask];
    }

    public void EnsureCapacity(int count)
    {
        var pages = (count + PageMask) >> PageBits;
        if (pages > _pages.Length)
        {
            var capacity = Math.Max(pages, _pages.Length * 2);
            Array.Resize(ref _pages, capacity);
            Array.Resize(ref _owners, capacity);
        }

        for (; _pageCount < pages; _pageCount++)
        {
            _pages[_pageCount] = new T[PageSize];
            _owners[_pageCount] = _ownership.Token;
        }
    }

    private void Copy(int page)
    {
        _pages[page] = (T[])_pages[page].Clone();
        _owners[page] = _ownership.Token;
    }
}
