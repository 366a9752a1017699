using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Collections;

/// <summary>A log that grows at its end and is dropped at its beginning, in pages. A fork shares the pages that neither side writes to afterwards.</summary>
internal sealed class ForkableLog<T>
{
    private const int PageBits = 7;
    private const int PageSize = 1 << PageBits;
    private const int PageMask = PageSize - 1;

    private readonly Ownership _ownership;
    private T[]?[] _pages;
    private object? _lastOwner;

    // Number of the page that stands first in the array; positions never change, so it only grows.
    private long _firstPage;
    private int _pageCount;

    public ForkableLog(Ownership ownership)
    {
        _ownership = ownership;
        _pages = [];
    }

    private ForkableLog(Ownership ownership, ForkableLog<T> other)
    {
        _ownership = ownership;
        _pages = other._pages.AsSpan(0, other._pageCount).ToArray();
        (_firstPage, _pageCount, First, End) = (other._firstPage, other._pageCount, other.First, other.End);
    }

    /// <summary>Position of the oldest entry that is still there.</summary>
    public long First { get; private set; }

    /// <summary>Position of the next entry.</summary>
    public long End { get; private set; }

    public int Count => (int)(End - First);

    /// <summary>The entry at a position.</summary>
    [SuppressMessage("Design", "MA0012", Justification = "A position outside the log is a mistake of this library.")]
    public ref readonly T this[long position]
    {
        get
        {
            if (position < First || position >= End)
            {
                throw new ArgumentOutOfRangeException(nameof(position));
            }

            return ref _pages[(position >> PageBits) - _firstPage]![position & PageMask];
        }
    }

    /// <summary>A log with the same entries, which changes of this one do not touch. This one's holder has to renounce what it owns.</summary>
    public ForkableLog<T> Fork(Ownership ownership) => new(ownership, this);

    public void Append(in T entry)
    {
        var offset = (int)(End & PageMask);
        if (offset == 0)
        {
            AddPage();
        }
        else if (!ReferenceEquals(_lastOwner, _ownership.Token))
        {
            _pages[_pageCount - 1] = (T[])_pages[_pageCount - 1]!.Clone();
            _lastOwner = _ownership.Token;
        }

        _pages[_pageCount - 1]![offset] = entry;
        End++;
    }

    /// <summary>Drops what stands before a position.</summary>
    public void DropBefore(long position)
    {
        if (position <= First)
        {
            return;
        }

        First = Math.Min(position, End);
        var unused = (int)Math.Min((First >> PageBits) - _firstPage, Math.Max(_pageCount - 1, 0));
        if (unused > _pageCount / 2)
        {
            Array.Copy(_pages, unused, _pages, 0, _pageCount - unused);
            Array.Clear(_pages, _pageCount - unused, unused);
            _firstPage += unused;
            _pageCount -= unused;
        }
        else
        {
            Array.Clear(_pages, 0, unused);
        }
    }

    private void AddPage()
    {
        if (_pageCount == _pages.Length)
        {
            Array.Resize(ref _pages, Math.Max(4, _pages.Length * 2));
        }

        _pages[_pageCount++] = new T[PageSize];
        _lastOwner = _ownership.Token;
    }
}
