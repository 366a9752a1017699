using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>A component and its connection.</summary>
internal sealed class ComponentSlot
{
    private readonly bool[] _watches;

    private readonly IRetrying? _retrying;

    public ComponentSlot(IComponent component, WorkClass workClass, ActorClient client, IApiClient connection)
    {
        _retrying = component as IRetrying;
        Component = component;
        Class = workClass;
        Client = client;
        Connection = connection;
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

    /// <summary>Whether nothing is left to do for the component but to try again.</summary>
    public bool IsWaitingToRetry => _retrying?.NextTicksBesideRetries == long.MaxValue;

    public bool Watches(ApiKind kind) => _watches[ApiKind.IndexOf(kind.Type)];
}

/// <summary>Of what is due at one instant, the lower class comes first.</summary>
internal enum WorkClass
{
    Machinery,
    Scheduler,
    Controller,
}
