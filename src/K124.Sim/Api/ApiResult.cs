using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Api;

/// <summary>Makes answers of the API server.</summary>
public static class ApiResult
{
    /// <summary>An answer with an object.</summary>
    /// <typeparam name="T">Type of the object.</typeparam>
    /// <param name="value">The object.</param>
    /// <param name="warnings">Texts of warnings.</param>
    /// <returns>The answer.</returns>
    public static ApiResult<T> Success<T>(T value, ImmutableArray<string> warnings = default)
        where T : class => new(value, null, warnings);

    /// <summary>A refusal.</summary>
    /// <typeparam name="T">Type of the object that was asked for.</typeparam>
    /// <param name="status">Why.</param>
    /// <param name="warnings">Texts of warnings.</param>
    /// <returns>The answer.</returns>
    public static ApiResult<T> Failure<T>(ApiStatus status, ImmutableArray<string> warnings = default)
        where T : class => new(null, status, warnings);
}

/// <summary>The answer of the API server: an object, or why there is none.</summary>
/// <typeparam name="T">Type of the object.</typeparam>
public readonly record struct ApiResult<T>
    where T : class
{
    internal ApiResult(T? value, ApiStatus? status, ImmutableArray<string> warnings)
    {
        Value = value;
        Status = status;
        Warnings = warnings;
    }

    /// <summary>The object; null if the request was refused.</summary>
    public T? Value { get; }

    /// <summary>Why the request was refused; null if it was not.</summary>
    public ApiStatus? Status { get; }

    /// <summary>Texts of the warnings that came with the answer.</summary>
    public ImmutableArray<string> Warnings { get => field.IsDefault ? [] : field; }

    /// <summary>Whether there is an object.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Status))]
    public bool Succeeded => Value is not null;
}
