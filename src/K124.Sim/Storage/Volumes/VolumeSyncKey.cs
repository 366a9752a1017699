using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>A claim or volume that a <see cref="PersistentVolumeController"/> is to look at.</summary>
/// <param name="Kind"><c>PersistentVolumeClaim</c> or <c>PersistentVolume</c>.</param>
/// <param name="Key">Namespace and name.</param>
public readonly record struct VolumeSyncKey(string Kind, ObjectKey Key)
{
    internal static VolumeSyncKey Claim(ObjectKey key) => new(nameof(PersistentVolumeClaim), key);

    internal static VolumeSyncKey Volume(string name) => new(nameof(PersistentVolume), new("", name));
}
