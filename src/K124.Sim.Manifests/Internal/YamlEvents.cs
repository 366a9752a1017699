using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace K124.Sim.Manifests.Internal;

/// <summary>The events of a YAML text, with each alias replaced by the events of what it stands for.</summary>
internal sealed class YamlEvents(IParser parser)
{
    /// <summary>Events that the aliases of one object may stand for: more is taken for an attack.</summary>
    private const int ReplayLimit = 100_000;

    private readonly Dictionary<string, Recording> _anchors = new(StringComparer.Ordinal);
    private readonly List<Recording> _open = [];
    private readonly Stack<Replay> _replays = new();
    private int _replayed;

    /// <summary>Line of the event that was handed out last, in the text where the reader is, not where an anchor was.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Forgets the anchors: they hold within a document.</summary>
    public void BeginDocument() => _anchors.Clear();

    /// <summary>Begins another object, with a new allowance for aliases.</summary>
    public void BeginObject() => _replayed = 0;

    /// <summary>The next event.</summary>
    /// <returns>The event, or null at the end of the text.</returns>
    public ParsingEvent? TryNext()
    {
        while (_replays.TryPeek(out var replay))
        {
            if (replay.Next < replay.Source.Events.Count)
            {
                var (recorded, target) = replay.Source.Events[replay.Next++];
                if (target is null)
                {
                    return Count(recorded);
                }

                _replays.Push(new(target));
            }
            else
            {
                _replays.Pop();
            }
        }

        if (Parse() is not { } next)
        {
            return null;
        }

        if (next is Comment)
        {
            return TryNext();
        }

        Line = next.Start.Line;
        return next is AnchorAlias alias ? Expand(alias) : Record(next);
    }

    /// <summary>The next event, where the text cannot end.</summary>
    public ParsingEvent Next() => TryNext() ?? throw new YamlException("the text ends too early");

    /// <summary>Takes the whole node that begins with an event.</summary>
    public List<ParsingEvent> Capture(ParsingEvent first)
    {
        var node = new List<ParsingEvent> { first };
        for (var depth = first.NestingIncrease; depth > 0;)
        {
            var next = Next();
            depth += next.NestingIncrease;
            node.Add(next);
        }

        return node;
    }

    /// <summary>Hands out a captured node before all else.</summary>
    public void Push(List<ParsingEvent> node)
    {
        var recording = new Recording();
        foreach (var item in node)
        {
            recording.Events.Add((item, null));
        }

        _replays.Push(new(recording));
    }

    /// <summary>Takes the parser one event on. Of some bad texts it complains with exceptions that are not its own.</summary>
    private ParsingEvent? Parse()
    {
        try
        {
            return parser.MoveNext() ? parser.Current : null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new YamlException(parser.Current?.Start ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, exception.Message, exception);
        }
    }

    private ParsingEvent Count(ParsingEvent replayed) => ++_replayed <= ReplayLimit
        ? replayed
        : throw new YamlException(replayed.Start, replayed.End, $"the aliases of one object stand for more than {ReplayLimit} values");

    private ParsingEvent? Expand(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            throw new YamlException(alias.Start, alias.End, $"there is no anchor '{alias.Value.Value}'");
        }

        if (target.Depth > 0)
        {
            throw new YamlException(alias.Start, alias.End, $"the anchor '{alias.Value.Value}' contains itself");
        }

        foreach (var recording in _open)
        {
            recording.Events.Add((alias, target));
        }

        _replays.Push(new(target));
        return TryNext();
    }

    private ParsingEvent Record(ParsingEvent next)
    {
        if (next is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            var recording = new Recording();
            _anchors[anchored.Anchor.Value] = recording;
            _open.Add(recording);
        }

        foreach (var recording in _open)
        {
            recording.Events.Add((next, null));
            recording.Depth += next.NestingIncrease;
        }

        _open.RemoveAll(static recording => recording.Depth == 0);
        return next;
    }

    private sealed class Recording
    {
        public List<(ParsingEvent Event, Recording? Target)> Events { get; } = [];

        /// <summary>How many collections are still open; 0 once the node is complete.</summary>
        public int Depth { get; set; }
    }

    private sealed class Replay(Recording source)
    {
        public Recording Source { get; } = source;

        public int Next { get; set; }
    }
}
