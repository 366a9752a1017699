using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Collecting;

/// <summary>What tells an object apart for the garbage collector, whether it was seen or only spoken of.</summary>
/// <param name="ApiVersion">Its version.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid.</param>
internal sealed record ObjectIdentity(string ApiVersion, string Kind, string Namespace, string Name, string Uid) : IComparable<ObjectIdentity>
{
    public static ObjectIdentity Of(OwnerReference reference, string space) =>
        new(reference.ApiVersion, reference.Kind, space, reference.Name, reference.Uid);

    /// <summary>Whether a reference means this object, its namespace aside.</summary>
    public bool IsMeantBy(OwnerReference reference) =>
        reference.Uid == Uid && reference.Name == Name && reference.Kind == Kind && reference.ApiVersion == ApiVersion;

    /// <summary>Kinds come before namespaces, so that order does not depend on what is namespaced.</summary>
    public int CompareTo(ObjectIdentity? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = string.CompareOrdinal(Kind, other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(ApiVersion, other.ApiVersion);
        order = order != 0 ? order : string.CompareOrdinal(Namespace, other.Namespace);
        order = order != 0 ? order : string.CompareOrdinal(Name, other.Name);
        return order != 0 ? order : string.CompareOrdinal(Uid, other.Uid);
    }

    public override string ToString() => $"[{ApiVersion}/{Kind}, namespace: {Namespace}, name: {Name}, uid: {Uid}]";
}

/// <summary>The part of an object that the garbage collector looks at.</summary>
/// <param name="Identity">Which it is.</param>
/// <param name="Owners">Its owners.</param>
/// <param name="Finalizers">Its finalizers.</param>
/// <param name="IsBeingDeleted">Whether it is being deleted.</param>
/// <param name="ResourceVersion">Its version.</param>
internal sealed record MetadataObject(
    ObjectIdentity Identity, ImmutableArray<OwnerReference> Owners, ImmutableArray<string> Finalizers, bool IsBeingDeleted, string ResourceVersion)
{
    public const string OrphanFinalizer = "orphan";
    public const string ForegroundFinalizer = "foregroundDeletion";

    public static MetadataObject Of(IApiObject item) => new(
        new(item.ApiVersion, item.Kind, item.Metadata.Namespace, item.Metadata.Name, item.Metadata.Uid),
        item.Metadata.OwnerReferences,
        item.Metadata.Finalizers,
        item.Metadata.DeletionTimestamp is not null,
        item.Metadata.ResourceVersion);

    /// <summary>Whether it is being deleted with a finalizer, and was not before.</summary>
    public bool Starts(string finalizer, MetadataObject? old) => Waits(finalizer) && old?.Waits(finalizer) != true;

    /// <summary>Whether it is being deleted with a finalizer.</summary>
    public bool Waits(string finalizer) => IsBeingDeleted && Finalizers.Contains(finalizer);
}
