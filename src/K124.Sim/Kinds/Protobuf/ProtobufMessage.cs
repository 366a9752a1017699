namespace K124.Sim.Kinds.Protobuf;

/// <summary>What a field of a message holds.</summary>
internal enum ProtobufKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A boolean.</summary>
    Flag,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A floating-point number.</summary>
    Real,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Another message.</summary>
    Message,
}

/// <summary>A field of a message.</summary>
/// <param name="Name">Name in the message.</param>
/// <param name="Kind">What it holds, or what its elements are.</param>
/// <param name="IsList">Whether it may stand several times.</param>
/// <param name="IsMap">Whether it is a map from strings.</param>
/// <param name="Message">Name of the message it holds; or empty.</param>
internal sealed record ProtobufField(string Name, ProtobufKind Kind, bool IsList, bool IsMap, string Message);

/// <summary>A message: its fields by number.</summary>
internal sealed class ProtobufMessage
{
    private readonly SortedList<int, ProtobufField> _fields = [];

    /// <summary>The fields in the order in which they are written.</summary>
    public IEnumerable<KeyValuePair<int, ProtobufField>> Fields => _fields;

    /// <summary>Adds a field.</summary>
    public void Add(int number, ProtobufField field) => _fields[number] = field;

    /// <summary>A field by number; null if the message has none of it.</summary>
    public ProtobufField? Field(int number) => _fields.GetValueOrDefault(number);
}
