using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>The store as records: what components read.</summary>
internal sealed class TypedView : IObjectReader
{
    private readonly ObjectStore _store;
    private readonly KindTables _tables;

    public TypedView(ObjectStore store, KindTables tables, ObjectIndexes indexes)
    {
        _store = store;
        _tables = tables;
        Indexes = indexes;
    }

    public ObjectIndexes Indexes { get; }

    public IApiObject? Get(ApiKind kind, ObjectKey key) => _store.Get(_tables.Of(kind), key)?.Typed;

    public IEnumerable<IApiObject> List(ApiKind kind)
    {
        foreach (var item in _store.List(_tables.Of(kind)))
        {
            yield return item.Typed;
        }
    }

    public IEnumerable<IApiObject> List(ApiKind kind, ObjectIndex index, string value)
    {
        ArgumentNullException.ThrowIfNull(value);

        // Controllers ask at every change of a pod for kinds that most clusters have none of.
        return _store.Count(_tables.Of(kind)) == 0 ? []
            : index == ObjectIndex.Namespace ? InNamespace(kind, value) : ByIndex(kind, index, value);
    }

    private IEnumerable<IApiObject> InNamespace(ApiKind kind, string namespaceName)
    {
        foreach (var item in _store.List(_tables.Of(kind), namespaceName))
        {
            yield return item.Typed;
        }
    }

    private IEnumerable<IApiObject> ByIndex(ApiKind kind, ObjectIndex index, string value)
    {
        var table = _tables.Of(kind);
        foreach (var key in Indexes.Find(kind, index, value))
        {
            yield return _store.Get(table, key)!.Typed;
        }
    }
}
