using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>What the API server makes of an object that it is asked to store.</summary>
/// <typeparam name="T">Kind of the object.</typeparam>
public sealed record AdmissionResult<T>
    where T : class, IApiObject
{
    private readonly Items<FieldError> _errors;

    /// <summary>The object as it is stored; null if the request is refused.</summary>
    public T? Object { get; private init; }

    /// <summary>Whether the object is stored.</summary>
    public bool IsAdmitted => Object is not null;

    /// <summary>Why the request is refused, in 1.24's words; empty if it is not.</summary>
    public string Message { get; private init; } = "";

    /// <summary>The fields that are not valid; empty if the request is refused as a whole, or not at all.</summary>
    public ImmutableArray<FieldError> Errors { get => _errors.Array; private init => _errors = new(value); }

    /// <inheritdoc/>
    public override string ToString() => Object is { } admitted ? $"{admitted.Kind} '{ObjectKey.Of(admitted)}' admitted" : Message;

    internal static AdmissionResult<T> Admitted(T item) => new() { Object = item };

    internal static AdmissionResult<T> Forbidden(string message) => new() { Message = message };

    internal static AdmissionResult<T> Invalid(params ImmutableArray<FieldError> errors) => new()
    {
        Errors = errors,
        Message = errors.Length == 1 ? errors[0].ToString() : $"[{string.Join(", ", errors)}]",
    };
}
