using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Api;

/// <summary>What works against the API server: a controller, the scheduler, a kubelet's stand-in, a user's operator.</summary>
public interface IComponent
{
    /// <summary>Name, for the timeline and as author of writes.</summary>
    string Name { get; }

    /// <summary>Kinds whose changes it is told.</summary>
    ImmutableArray<ApiKind> Watches { get; }

    /// <summary>When it wants to work, in UTC ticks; <see cref="long.MaxValue"/> if only after a change.</summary>
    long NextTicks { get; }

    /// <summary>Takes note of a change. Writes nothing.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cache">Objects as the component's watches have told them, this change included.</param>
    void Observe(in ObjectChange change, IObjectReader cache);

    /// <summary>Does one unit of work.</summary>
    /// <param name="cache">Objects as the component's watches have told them.</param>
    /// <param name="api">Connection to the API server.</param>
    void Work(IObjectReader cache, IApiClient api);

    /// <summary>An independent copy; what neither side changes is shared.</summary>
    /// <returns>The copy.</returns>
    IComponent Fork();
}
