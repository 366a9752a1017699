using K124.Sim.Model;

namespace K124.Sim.Storage.Volumes;

/// <summary>An in-tree plugin as the PV controller uses it: makes volumes, deletes them and scrubs them.</summary>
public interface IVolumePlugin
{
    /// <summary>Name, for example <c>kubernetes.io/gce-pd</c>.</summary>
    string Name { get; }

    /// <summary>Whether the source of a volume is the plugin's.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>True if it is.</returns>
    bool Supports(PersistentVolume volume);

    /// <summary>Makes the volume that a claim asks for.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="storageClass">Its class.</param>
    /// <returns>Specification of the volume, of which the controller sets claim, class and policy; or why there is none.</returns>
    VolumeProvisioning Provision(PersistentVolumeClaim claim, StorageClass storageClass);

    /// <summary>Deletes what is behind a volume.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>Why that failed; null if it did not.</returns>
    string? Delete(PersistentVolume volume);

    /// <summary>Scrubs a volume, so that another claim may have it.</summary>
    /// <param name="volume">The volume.</param>
    /// <returns>Why that failed; null if it did not.</returns>
    string? Recycle(PersistentVolume volume);
}
