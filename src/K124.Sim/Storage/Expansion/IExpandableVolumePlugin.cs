using K124.Sim.Model;

namespace K124.Sim.Storage.Expansion;

/// <summary>What makes volumes larger: an in-tree plugin, or a CSI driver with its external resizer.</summary>
public interface IExpandableVolumePlugin
{
    /// <summary>Name, for example <c>kubernetes.io/rbd</c>.</summary>
    string Name { get; }

    /// <summary>Whether the file system must be made larger on the node once the device is.</summary>
    bool RequiresFSResize { get; }

    /// <summary>Whether the source of a volume is the plugin's.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>True if it is.</returns>
    bool Supports(PersistentVolume volume);

    /// <summary>Makes the device larger.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="newSize">Size asked for, in bytes.</param>
    /// <param name="oldSize">Size that the claim has, in bytes.</param>
    /// <returns>The size that the device has now, or why it was not made larger.</returns>
    VolumeDeviceExpansion ExpandVolumeDevice(PersistentVolume volume, Quantity newSize, Quantity oldSize);

    /// <summary>Makes the file system larger, on the node.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="newSize">Size to reach, in bytes.</param>
    /// <param name="oldSize">Size until now, in bytes.</param>
    /// <returns>Why that failed; null if it did not.</returns>
    NodeExpandError? NodeExpand(PersistentVolume volume, Quantity newSize, Quantity oldSize);
}
