namespace K124.Sim.Kinds.Schema;

/// <summary>What JSON form a member of the API has.</summary>
internal enum SchemaKind
{
    /// <summary>A string.</summary>
    String,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>An integer of 32 bits.</summary>
    Int32,

    /// <summary>An integer of 64 bits.</summary>
    Int64,

    /// <summary>A number that may have a fraction.</summary>
    Double,

    /// <summary>Bytes as base64.</summary>
    Bytes,

    /// <summary>A time in whole seconds.</summary>
    Time,

    /// <summary>A time in microseconds.</summary>
    MicroTime,

    /// <summary>A quantity: string or number.</summary>
    Quantity,

    /// <summary>An integer or a string.</summary>
    IntOrString,

    /// <summary>Any JSON, kept as it is.</summary>
    Any,

    /// <summary>An object with known members.</summary>
    Struct,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object with free keys.</summary>
    Map,
}
