using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>One actor's connection to the control plane: what it writes and reports goes into the timeline under its name.</summary>
internal sealed class ActorClient(ControlPlane plane, string actor) : IApiClient
{
    /// <summary>Revision of the change that the actor was last told of.</summary>
    public long Cause { get; set; }

    public DateTimeOffset Now => plane.Now;

    public IApiObject? Get(ApiKind kind, ObjectKey key) => plane.View.Get(kind, key);

    public IEnumerable<IApiObject> List(ApiKind kind) => plane.View.List(kind);

    public IEnumerable<IApiObject> List(ApiKind kind, ObjectIndex index, string value) => plane.View.List(kind, index, value);

    public ApiResult<IApiObject> Write(ApiWrite write) => plane.Write(write, actor, Cause);

    public void Record(ApiEvent report) => plane.Record(report, actor, Cause);
}
