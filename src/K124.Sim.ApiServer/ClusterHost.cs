using K124.Sim.ControlPlane;
using K124.Sim.ControlPlane.Serving;

namespace K124.Sim.ApiServer;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>One cluster that several clients talk to at once: requests one after the other, and watchers are woken.</summary>
internal sealed class ClusterHost
{
    private readonly Lock _gate = new();
    private readonly TimeProvider? _realTime;
    private readonly ControlPlane? _plane;
    private readonly TimeSpan? _settleTime;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Makes a host.</summary>
    /// <param name="server">The server.</param>
    /// <param name="plane">The control plane over the server's store; null for a server without controllers.</param>
    /// <param name="realTime">The clock that time is read from; null for one that stands still until it is advanced.</param>
    /// <param name="settleTime">How much time may pass after each write until nothing is left to do; null to let none pass.</param>
    public ClusterHost(ApiServerCore server, ControlPlane? plane, TimeProvider? realTime, TimeSpan? settleTime)
    {
        Server = server;
        Server.Wait = time => MoveTo(Server.Store.UtcNow + time);
        _plane = plane;
        _realTime = realTime;
        _settleTime = settleTime;
        _plane?.AdvanceTo(_plane.Now);
    }

    public ApiServerCore Server { get; }

    public DateTimeOffset UtcNow
    {
        get
        {
            lock (_gate)
            {
                ReadClock();
                return Server.Store.UtcNow;
            }
        }
    }

    /// <summary>Handles one request.</summary>
    public ApiResponse Handle(ApiRequest request)
    {
        lock (_gate)
        {
            ReadClock();
            var before = Server.Store.Revision;
            var response = Server.Handle(request);
            if (Server.Store.Revision != before)
            {
                LetControllersWork();
                Wake();
            }

            return response;
        }
    }

    public void Advance(TimeSpan time)
    {
        lock (_gate)
        {
            MoveTo(Server.Store.UtcNow + time);
            Wake();
        }
    }

    /// <summary>Lets everything happen until nothing is left to do, or the limit is reached.</summary>
    /// <returns>Whether nothing is left to do.</returns>
    public bool Settle(TimeSpan limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var isQuiet = _plane?.RunUntilQuiet(limit, null, cancellationToken) ?? true;
            Wake();
            return isQuiet;
        }
    }

    public ClusterHost Fork()
    {
        lock (_gate)
        {
            var plane = _plane?.Fork();
            return new(plane is null ? Server.Fork() : Server.ForkOver(plane.Store), plane, _realTime, _settleTime);
        }
    }

    /// <summary>Reads what a watch has by now.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="events">Where the events go, one JSON document a line.</param>
    /// <param name="next">What to wait for before the next read.</param>
    /// <returns>False if the watch has ended.</returns>
    public bool Read(WatchStream watch, Stream events, out Task next)
    {
        lock (_gate)
        {
            ReadClock();
            while (watch.TryRead(out var item))
            {
                events.Write(TreeText.ToUtf8(item));
                events.WriteByte((byte)'\n');
            }

            next = watch.IsClosed ? Task.CompletedTask : Next(watch);
            return !watch.IsClosed;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task Next(WatchStream watch)
    {
        if (_realTime is null)
        {
            return _changed.Task;
        }

        var next = _plane?.NextAt is { } due && due < watch.NextTime ? due : watch.NextTime;
        var wait = next - Server.Store.UtcNow;
        return Task.WhenAny(_changed.Task, Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _realTime));
    }

    private void ReadClock()
    {
        if (_realTime?.GetUtcNow() is { } now && now > Server.Store.UtcNow)
        {
            var before = Server.Store.Revision;
            MoveTo(now);
            if (Server.Store.Revision != before)
            {
                Wake();
            }
        }
    }

    private void MoveTo(DateTimeOffset time)
    {
        if (_plane is null)
        {
            Server.Store.UtcNow = time;
        }
        else
        {
            _plane.AdvanceTo(time);
        }
    }

    private void LetControllersWork()
    {
        if (_settleTime is { } limit)
        {
            _plane?.RunUntilQuiet(limit);
        }
        else
        {
            _plane?.AdvanceTo(_plane.Now);
        }
    }

    private void Wake()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }
}
