namespace K124.Sim.Patching.Typing;

/// <summary>How values of one type are owned and merged. A type usually has one form; a deduced one has several and takes that of
/// the value at hand.</summary>
internal sealed class TypeShape
{
    private readonly Func<TypeShape, MapForm>? _makeMap;
    private MapForm? _map;

    /// <summary>Makes a type.</summary>
    /// <param name="scalar">Form of a scalar; null if it can be none.</param>
    /// <param name="list">Form of a list; null if it can be none.</param>
    /// <param name="map">Makes the form of an object on first use; null if it can be none.</param>
    /// <param name="isDeduced">Whether the type stands for values that no schema describes.</param>
    public TypeShape(ScalarForm scalar = ScalarForm.None, ListForm? list = null, Func<TypeShape, MapForm>? map = null, bool isDeduced = false)
    {
        Scalar = scalar;
        List = list;
        _makeMap = map;
        IsDeduced = isDeduced;
    }

    /// <summary>Values of which nothing is known: objects member by member, lists as one.</summary>
    public static TypeShape Deduced { get; } = MakeDeduced();

    /// <summary>Form of a scalar.</summary>
    public ScalarForm Scalar { get; }

    /// <summary>Form of a list; null if it can be none.</summary>
    public ListForm? List { get; }

    /// <summary>Form of an object; null if it can be none.</summary>
    public MapForm? Map => _map ?? (_makeMap is null ? null : Interlocked.CompareExchange(ref _map, _makeMap(this), null) ?? _map);

    /// <summary>Whether the type stands for values that no schema describes.</summary>
    public bool IsDeduced { get; }

    private static TypeShape MakeDeduced()
    {
        var untyped = new TypeShape(
            ScalarForm.Untyped,
            new ListForm(ListRelation.Atomic, static () => Deduced),
            static self => new MapForm([], self, isAtomic: true));
        return new(
            ScalarForm.Untyped,
            new ListForm(ListRelation.Atomic, () => untyped),
            static self => new MapForm([], self, isAtomic: false),
            isDeduced: true);
    }
}
