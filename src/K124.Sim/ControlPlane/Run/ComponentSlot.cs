using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>A component, its connection, and how far it has been told.</summary>
internal sealed class ComponentSlot
{
    private readonly bool[] _watches;

    public ComponentSlot(IComponent component, WorkClass workClass, ActorClient client, IApiClient connection, StoreCursor cursor)
    {
        Component = component;
        Class = workClass;
        Client = client;
        Connection = connection;
        Cursor = cursor;
        _watches = new bool[ApiKind.All.Length];
        foreach (var kind in component.Watches)
        {
            _watches[ApiKind.IndexOf(kind.Type)] = true;
        }
    }

    public IComponent Component { get; }

    public WorkClass Class { get; }

    public ActorClient Client { get; }

    /// <summary>The client with what the options put before it.</summary>
    public IApiClient Connection { get; }

    public StoreCursor Cursor { get; set; }

    public bool Watches(ApiKind kind) => _watches[ApiKind.IndexOf(kind.Type)];
}

/// <summary>Of what is due at one instant, the lower class comes first.</summary>
internal enum WorkClass
{
    Machinery,
    Scheduler,
    Controller,
}
