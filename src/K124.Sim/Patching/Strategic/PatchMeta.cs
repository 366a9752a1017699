using K124.Sim.Api;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Patching.Strategic;

/// <summary>What the schema says about merging one member.</summary>
/// <param name="Shape">Form of the member; of its elements, if it is a list.</param>
/// <param name="Strategy">Strategy apart from <c>retainKeys</c>; or empty.</param>
/// <param name="MergeKey">Member that identifies an element; or empty.</param>
internal readonly record struct PatchMeta(SchemaShape? Shape, string Strategy, string MergeKey)
{
    private static readonly PatchMeta Nothing = new(null, "", "");

    /// <summary>Looks a member up.</summary>
    /// <param name="owner">Form of the object that has the member.</param>
    /// <param name="name">Name of the member.</param>
    /// <param name="error">Why there is nothing to find; null otherwise.</param>
    public static PatchMeta Of(SchemaShape? owner, string name, out ApiStatus? error)
    {
        error = null;
        if (owner?.Kind is not SchemaKind.Struct)
        {
            error = owner?.Kind == SchemaKind.Any
                ? StrategicErrors.UnknownField("RawExtension", name)
                : StrategicErrors.NotAStruct(GoKind(owner));
            return Nothing;
        }

        if (!owner.Type!.TryGetField(name, out var field))
        {
            error = StrategicErrors.UnknownField(owner.Type.ShortName, name);
            return Nothing;
        }

        return new(field.Shape.Kind == SchemaKind.List ? field.Shape.Element : field.Shape, WithoutRetainKeys(field.PatchStrategy), field.PatchMergeKey);
    }

    private static string WithoutRetainKeys(string strategy) => strategy switch
    {
        "" or "retainKeys" => "",
        _ when !strategy.Contains(',', StringComparison.Ordinal) => strategy,
        _ => strategy.Split(',').First(static s => s != "retainKeys"),
    };

    private static string GoKind(SchemaShape? shape) => shape?.Kind switch
    {
        SchemaKind.Map => "map",
        SchemaKind.List => "slice",
        SchemaKind.Bytes => "slice",
        SchemaKind.String => "string",
        _ => "interface",
    };
}
