using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

/// <summary>One line of a control plane's history: a write, or a report of what happened.</summary>
public sealed record TimelineEntry
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who: a component, or <c>user</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done: <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c> or <c>event</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>Kind of the object.</summary>
    public required string Kind { get; init; }

    /// <summary>Namespace and name of the object.</summary>
    public required ObjectKey Key { get; init; }

    /// <summary>Subresource that was written to; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>Revision of the store after it.</summary>
    public required long Revision { get; init; }

    /// <summary>Revision of the change that the actor had last been told of; 0 if there was none.</summary>
    public long Cause { get; init; }

    /// <summary>Why the API server refused; null if it did not.</summary>
    public ApiStatus? Refusal { get; init; }

    /// <summary>The report; null for a write.</summary>
    public ApiEvent? Event { get; init; }

    /// <summary>The line in words.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var what = Event is null
            ? $"{Verb} {Kind} {Key}{(Subresource.Length == 0 ? "" : "/" + Subresource)}{(Refusal is null ? "" : $" refused: {Refusal.Message}")}"
            : $"{Event.Type} {Event.Reason} {Kind} {Key}: {Event.Message}";
        return $"{Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Actor} {what}";
    }
}
