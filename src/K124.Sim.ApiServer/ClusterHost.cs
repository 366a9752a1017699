using K124.Sim.ControlPlane;
using K124.Sim.ControlPlane.Serving;

namespace K124.Sim.ApiServer;

/// <summary>One cluster that several clients talk to at once: requests one after the other, and watchers are woken.</summary>
internal sealed class ClusterHost
{
    private readonly Lock _gate = new();
    private readonly TimeProvider? _realTime;
    private TaskCompletionSource _changed = NewSignal();

    public ClusterHost(ApiServerCore server, TimeProvider? realTime)
    {
        Server = server;
        _realTime = realTime;
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
                Wake();
            }

            return response;
        }
    }

    public void Advance(TimeSpan time)
    {
        lock (_gate)
        {
            Server.Store.UtcNow += time;
            Wake();
        }
    }

    public ClusterHost Fork()
    {
        lock (_gate)
        {
            return new(Server.Fork(), _realTime);
        }
    }

    /// <summary>Reads what a watch has by now.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="events">Where the events go, one JSON document a line.</param>
    /// <returns>What to wait for before the next read; null if the watch has ended.</returns>
    public Task? Read(WatchStream watch, Stream events)
    {
        lock (_gate)
        {
            ReadClock();
            while (watch.TryRead(out var item))
            {
                events.Write(TreeText.ToUtf8(item));
                events.WriteByte((byte)'\n');
            }

            return watch.IsClosed ? null : Next(watch);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task Next(WatchStream watch)
    {
        if (_realTime is null)
        {
            return _changed.Task;
        }

        var wait = watch.NextTime - Server.Store.UtcNow;
        return Task.WhenAny(_changed.Task, Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _realTime));
    }

    private void ReadClock()
    {
        if (_realTime?.GetUtcNow() is { } now && now > Server.Store.UtcNow)
        {
            Server.Store.UtcNow = now;
        }
    }

    private void Wake()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }
}
