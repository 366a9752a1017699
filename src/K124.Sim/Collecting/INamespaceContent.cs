using System.Collections.Immutable;
using K124.Sim.Api;

namespace K124.Sim.Collecting;

/// <summary>What is in namespaces, of every kind that is served.</summary>
internal interface INamespaceContent
{
    /// <summary>The kinds of objects that live in namespaces and can be deleted.</summary>
    ImmutableArray<NamespacedResource> Resources { get; }

    /// <summary>Groups of which it is not known what they serve, as the error says it; null if there are none.</summary>
    (int Groups, string Error)? DiscoveryFailure { get; }

    /// <summary>Deletes all objects of a kind in a namespace.</summary>
    /// <returns>The refusal; null if there was none.</returns>
    ApiStatus? DeleteAll(NamespacedResource resource, string space);

    /// <summary>Deletes one object.</summary>
    /// <returns>The refusal; null if there was none.</returns>
    ApiStatus? Delete(NamespacedResource resource, string space, string name);

    /// <summary>Objects of a kind in a namespace.</summary>
    ImmutableArray<NamespacedItem> List(NamespacedResource resource, string space);
}

/// <summary>A kind of objects that live in namespaces.</summary>
/// <param name="Group">Its group; empty for the core group.</param>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its plural.</param>
/// <param name="CanDeleteAll">Whether all of a namespace can be deleted at once.</param>
internal sealed record NamespacedResource(string Group, string Version, string Name, bool CanDeleteAll);

/// <summary>An object in a namespace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Finalizers">Its finalizers.</param>
/// <param name="GraceSeconds">How long it takes to end; null if it has ended or needs no time.</param>
internal sealed record NamespacedItem(string Name, ImmutableArray<string> Finalizers, long? GraceSeconds);
