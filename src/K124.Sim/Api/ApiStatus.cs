using System.Collections.Immutable;

namespace K124.Sim.Api;

/// <summary>How the API server answered when it did not answer with an object: the <c>Status</c> of Kubernetes 1.24.</summary>
public sealed record ApiStatus
{
    /// <summary>HTTP status code, for example 409.</summary>
    public required int Code { get; init; }

    /// <summary>Reason in one word, for example <c>AlreadyExists</c>; empty where the server gives none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Message as the server writes it.</summary>
    public string Message { get; init; } = "";

    /// <summary>What the answer is about; null where the server leaves it out.</summary>
    public ApiStatusDetails? Details { get; init; }

    /// <summary>Token with which a list can go on that came to be too old; empty otherwise.</summary>
    internal string Continue { get; init; } = "";

    /// <summary>Whether the request did what it was asked to.</summary>
    public bool Succeeded => Code is >= 200 and < 300;

    /// <summary>Code, reason and message.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Reason.Length == 0 ? $"{Code}: {Message}" : $"{Code} {Reason}: {Message}";
}

/// <summary>What an <see cref="ApiStatus"/> is about.</summary>
public sealed record ApiStatusDetails
{
    /// <summary>Name of the object; empty if it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Group of the kind; empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>Plural resource, or the kind for errors of validation and preconditions.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Uid of the object; empty if it is not told.</summary>
    public string Uid { get; init; } = "";

    /// <summary>The single reasons, in the server's order.</summary>
    public ImmutableArray<ApiStatusCause> Causes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Seconds to wait before the next try; 0 if none are named.</summary>
    public int RetryAfterSeconds { get; init; }
}

/// <summary>One reason of an <see cref="ApiStatus"/>.</summary>
/// <param name="Reason">In one word, for example <c>FieldValueRequired</c>.</param>
/// <param name="Message">Message without the field's path.</param>
/// <param name="Field">Path of the field; empty if it is about none.</param>
public sealed record ApiStatusCause(string Reason, string Message, string Field = "");
