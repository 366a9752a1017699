namespace K124.Sim.Kinds.Schema;

/// <summary>The form of a value: a kind, with the type of its members or elements.</summary>
internal sealed class SchemaShape
{
    internal SchemaShape(SchemaKind kind, SchemaType? type = null, SchemaShape? element = null)
    {
        Kind = kind;
        Type = type;
        Element = element;
    }

    /// <summary>The kind.</summary>
    public SchemaKind Kind { get; }

    /// <summary>Type of a <see cref="SchemaKind.Struct"/>; null for the others.</summary>
    public SchemaType? Type { get; }

    /// <summary>Form of the elements of a <see cref="SchemaKind.List"/> or <see cref="SchemaKind.Map"/>; null for the others.</summary>
    public SchemaShape? Element { get; }

    /// <summary>Whether an absent value reads as an empty collection.</summary>
    public bool IsCollection => Kind is SchemaKind.List or SchemaKind.Map or SchemaKind.Bytes;

    /// <summary>The type as the server's messages name it, for example <c>[]v1.Container</c>.</summary>
    public string GoName => Kind switch
    {
        SchemaKind.String => "string",
        SchemaKind.Boolean => "bool",
        SchemaKind.Int32 => "int32",
        SchemaKind.Int64 => "int64",
        SchemaKind.Double => "float64",
        SchemaKind.Bytes => "[]uint8",
        SchemaKind.Time => "v1.Time",
        SchemaKind.MicroTime => "v1.MicroTime",
        SchemaKind.Quantity => "resource.Quantity",
        SchemaKind.IntOrString => "intstr.IntOrString",
        SchemaKind.Struct => Type!.GoName,
        SchemaKind.List => "[]" + Element!.GoName,
        SchemaKind.Map => Element!.Kind == SchemaKind.Quantity ? "v1.ResourceList" : "map[string]" + Element.GoName,
        _ => "runtime.RawExtension",
    };
}
