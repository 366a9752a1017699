using K124.Sim.ControlPlane.Serving;
using K124.Sim.Kinds;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>Which table of the store, and which resource of the API, a kind of the model is.</summary>
internal sealed class KindTables
{
    private readonly (StoreResource Table, ResourceType Type)[] _kinds;
    private readonly Dictionary<StoreResource, ApiKind> _byTable = [];

    public KindTables(ObjectStore store)
    {
        _kinds = new (StoreResource, ResourceType)[ApiKind.All.Length];
        for (var i = 0; i < _kinds.Length; i++)
        {
            var kind = ApiKind.All[i];
            if (!ResourceTypes.Instance.TryGetKind(kind.ApiVersions[0], kind.Kind, out var type))
            {
                throw new InvalidOperationException($"The API has no resource of kind {kind}.");
            }

            _kinds[i] = (store.Resource(StoredVersions.IdOf(type), new KindForm(kind.Type, type.Schema!)), type);
            _byTable[_kinds[i].Table] = kind;
        }
    }

    public StoreResource Of(ApiKind kind) => _kinds[ApiKind.IndexOf(kind.Type)].Table;

    public ResourceType TypeOf(ApiKind kind) => _kinds[ApiKind.IndexOf(kind.Type)].Type;

    /// <summary>The kind of a table; null for one that the model has no record of.</summary>
    public ApiKind? KindOf(StoreResource table) => _byTable.GetValueOrDefault(table);
}
