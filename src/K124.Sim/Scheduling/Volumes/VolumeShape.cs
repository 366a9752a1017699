using K124.Sim.Model;
using K124.Sim.Storage.Volumes;

namespace K124.Sim.Scheduling.Volumes;

/// <summary>What the volume plugins may read of an incoming pod.</summary>
/// <remarks>Pods whose claims all wait to be bound, and that nothing else tells apart, share a shape by what the claims ask for. Any other
/// pod with claims has a shape of its own, which its claims are looked up for in every attempt.</remarks>
internal sealed class VolumeShape : IEquatable<VolumeShape>
{
    private readonly Items<Volume> _volumes;
    private readonly Items<ClaimRequest> _requests;
    private readonly Pod? _pod;

    private VolumeShape(Items<Volume> volumes, Items<ClaimRequest> requests, Pod? pod)
    {
        _volumes = volumes;
        _requests = requests;
        _pod = pod;
    }

    /// <summary>Whether pods of other names may have the shape.</summary>
    public bool IsShared => _pod is null;

    /// <summary>Whether there are claims.</summary>
    public bool HasClaims => _pod is not null || !_requests.Array.IsEmpty;

    /// <summary>Volumes that the plugins look at themselves: those of the in-tree plugins. Of a pod with a shape of its own, all volumes.</summary>
    public ReadOnlySpan<Volume> Volumes => _volumes.Array.AsSpan();

    /// <summary>What the claims ask for, of a shared shape.</summary>
    public ReadOnlySpan<ClaimRequest> Requests => _requests.Array.AsSpan();

    public static VolumeShape Shared(IEnumerable<Volume> inline, IEnumerable<ClaimRequest> requests) => new(new([.. inline]), new([.. requests]), null);

    public static VolumeShape Own(Pod pod) => new(new(pod.Spec.Volumes), default, pod);

    public bool Equals(VolumeShape? other) =>
        other is not null
        && _requests.Equals(other._requests)
        && _volumes.Equals(other._volumes)
        && _pod?.Metadata.Namespace == other._pod?.Metadata.Namespace
        && _pod?.Metadata.Name == other._pod?.Metadata.Name
        && _pod?.Metadata.Uid == other._pod?.Metadata.Uid;

    public override bool Equals(object? obj) => Equals(obj as VolumeShape);

    public override int GetHashCode() => HashCode.Combine(_requests, _pod?.Metadata.Name, _volumes.Array.Length);
}
