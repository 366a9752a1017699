using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>What the handling of one object sees of the others.</summary>
internal sealed class StoreReader(ObjectStore store) : IObjectReader
{
    public JsonObject? Get(string group, string plural, string ns, string name) =>
        store.Get(store.Resource(new(group, plural)), new ObjectKey(ns, name))?.Tree;

    public IReadOnlyList<JsonObject> List(string group, string plural, string ns) =>
        [.. store.List(store.Resource(new(group, plural)), ns.Length == 0 ? null : ns).Select(item => item.Tree)];
}
