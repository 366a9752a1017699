using System.Collections.Immutable;

namespace K124.Sim.Scheduling.Algorithm.Failures;

/// <summary>Objections to nodes by row, in pages: what is kept of one state shares the pages that have not changed since.</summary>
internal sealed class StatusPages
{
    private const int PageBits = 6;
    private const int PageSize = 1 << PageBits;
    private const int PageMask = PageSize - 1;

    private static readonly ImmutableArray<PluginStatus>[] EmptyPage = new ImmutableArray<PluginStatus>[PageSize];

    private readonly bool[] _isOwn;
    private ImmutableArray<PluginStatus>[][] _pages;
    private bool _isShared;

    public StatusPages(int rowCount)
    {
        _pages = new ImmutableArray<PluginStatus>[(rowCount + PageMask) >> PageBits][];
        _isOwn = new bool[_pages.Length];
        Array.Fill(_pages, EmptyPage);
    }

    /// <summary>The objections to a row; default if there are none.</summary>
    public ImmutableArray<PluginStatus> this[int row]
    {
        get => _pages[row >> PageBits][row & PageMask];
        set => OwnPage(row >> PageBits)[row & PageMask] = value;
    }

    /// <summary>The objections as they are now, never to change.</summary>
    public Snapshot Share()
    {
        _isShared = true;
        return new(_pages);
    }

    private ImmutableArray<PluginStatus>[] OwnPage(int page)
    {
        if (_isShared)
        {
            _pages = (ImmutableArray<PluginStatus>[][])_pages.Clone();
            Array.Clear(_isOwn);
            _isShared = false;
        }

        if (!_isOwn[page])
        {
            _pages[page] = (ImmutableArray<PluginStatus>[])_pages[page].Clone();
            _isOwn[page] = true;
        }

        return _pages[page];
    }

    /// <summary>The objections at one time.</summary>
    internal readonly struct Snapshot(ImmutableArray<PluginStatus>[][] pages)
    {
        /// <summary>The objections to a row; default if there are none.</summary>
        public ImmutableArray<PluginStatus> this[int row] => pages[row >> PageBits][row & PageMask];
    }
}
