namespace K124.Sim.Nodes;

/// <summary>The nodes of a zone that are to be tainted, at a limited rate.</summary>
/// <remarks>A node stays known after it was tainted, so that it is not filed again.</remarks>
internal sealed class TaintQueue
{
    private const double Burst = 1;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _waiting = [];
    private float _rate;
    private double _tokens = Burst;
    private DateTimeOffset _filledAt;

    public TaintQueue(float rate, DateTimeOffset now)
    {
        _rate = rate;
        _filledAt = now;
    }

    private TaintQueue(TaintQueue other)
    {
        _known = new(other._known, StringComparer.Ordinal);
        _waiting = [.. other._waiting];
        (_rate, _tokens, _filledAt) = (other._rate, other._tokens, other._filledAt);
    }

    /// <summary>Whether nodes wait and may be worked on at some time.</summary>
    public bool IsBusy => _waiting.Count > 0 && _rate > 0;

    public void Add(string node)
    {
        if (_known.Add(node))
        {
            _waiting.Add(node);
        }
    }

    /// <summary>Takes a node for one that was tainted before.</summary>
    public void Know(string node) => _known.Add(node);

    public void Remove(string node)
    {
        if (_known.Remove(node))
        {
            _waiting.Remove(node);
        }
    }

    /// <summary>Sets another rate. Whoever has to wait goes on waiting.</summary>
    public void SetRate(float rate, DateTimeOffset now)
    {
        if (_rate == rate)
        {
            return;
        }

        var hadToken = TakeToken(now);
        (_rate, _tokens, _filledAt) = (rate, hadToken ? Burst : 0, now);
    }

    /// <summary>Works on waiting nodes as long as the rate allows.</summary>
    /// <param name="now">The present.</param>
    /// <param name="work">Works on a node; tells whether that succeeded.</param>
    public void Try(DateTimeOffset now, Func<string, bool> work)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        while (_waiting.Count > 0 && TakeToken(now))
        {
            var node = _waiting[0];
            if (!tried.Add(node))
            {
                return;
            }

            _waiting.RemoveAt(0);
            if (!work(node))
            {
                _waiting.Add(node);
            }
        }
    }

    public TaintQueue Fork() => new(this);

    private bool TakeToken(DateTimeOffset now)
    {
        if (_rate <= 0)
        {
            return false;
        }

        _tokens = Math.Min(Burst, _tokens + ((now - _filledAt).TotalSeconds * _rate));
        _filledAt = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
