using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>What the volume plugins may read of an incoming pod.</summary>
/// <remarks>Pods that nothing tells apart but which claims they have share a shape: by what claims that wait to be bound ask for, and by what the
/// volumes of bound claims ask of nodes. Any other pod with claims has a shape of its own, which its claims are looked up for in every attempt.</remarks>
internal sealed class VolumeShape : IEquatable<VolumeShape>
{
    private readonly Items<Volume> _volumes;
    private readonly Items<ClaimRequest> _requests;
    private readonly Items<BoundPart> _bound;
    private readonly Pod? _pod;
    private readonly int _hash;

    private VolumeShape(Items<Volume> volumes, Items<ClaimRequest> requests, Items<BoundPart> bound, Pod? pod)
    {
        (_volumes, _requests, _bound, _pod) = (volumes, requests, bound, pod);
        _hash = HashCode.Combine(_requests, _bound, _pod?.Metadata.Name, _volumes.Array.Length);
    }

    /// <summary>Whether pods of other names may have the shape.</summary>
    public bool IsShared => _pod is null;

    /// <summary>Whether there are claims.</summary>
    public bool HasClaims => _pod is not null || !_requests.Array.IsEmpty || !_bound.Array.IsEmpty;

    /// <summary>Whether nothing about claims can change while pods have the shape.</summary>
    public bool IsBound => _pod is null && _requests.Array.IsEmpty;

    /// <summary>Volumes that the plugins look at themselves: those of the in-tree plugins. Of a pod with a shape of its own, all volumes.</summary>
    public ReadOnlySpan<Volume> Volumes => _volumes.Array.AsSpan();

    /// <summary>What the claims ask for that wait to be bound, of a shared shape.</summary>
    public ReadOnlySpan<ClaimRequest> Requests => _requests.Array.AsSpan();

    /// <summary>What the volumes of bound claims ask for, of a shared shape.</summary>
    public ReadOnlySpan<BoundPart> Bound => _bound.Array.AsSpan();

    public static VolumeShape Shared(IEnumerable<Volume> inline, IEnumerable<ClaimRequest> requests, IEnumerable<BoundPart> bound) =>
        new(new([.. inline]), new([.. requests]), new([.. bound]), null);

    public static VolumeShape Own(Pod pod) => new(new(pod.Spec.Volumes), default, default, pod);

    public bool Equals(VolumeShape? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && _hash == other._hash
            && _requests.Equals(other._requests)
            && _bound.Equals(other._bound)
            && _volumes.Equals(other._volumes)
            && _pod?.Metadata.Namespace == other._pod?.Metadata.Namespace
            && _pod?.Metadata.Name == other._pod?.Metadata.Name
            && _pod?.Metadata.Uid == other._pod?.Metadata.Uid);

    public override bool Equals(object? obj) => Equals(obj as VolumeShape);

    public override int GetHashCode() => _hash;
}
