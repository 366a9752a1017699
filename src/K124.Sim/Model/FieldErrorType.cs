namespace K124.Sim.Model;

/// <summary>Why a field of an object is refused, as the API server classes it.</summary>
public enum FieldErrorType
{
    /// <summary>The field must be given.</summary>
    Required,

    /// <summary>The value is malformed or out of range.</summary>
    Invalid,

    /// <summary>The value is not one of a fixed set.</summary>
    NotSupported,

    /// <summary>The value must not be given here.</summary>
    Forbidden,

    /// <summary>The value occurs twice.</summary>
    Duplicate,

    /// <summary>The value names something that is not there.</summary>
    NotFound,

    /// <summary>The value is longer than allowed.</summary>
    TooLong,

    /// <summary>The list has more elements than allowed.</summary>
    TooMany,

    /// <summary>The value is of another type than the field.</summary>
    TypeInvalid,

    /// <summary>The server could not check the value.</summary>
    Internal,
}
