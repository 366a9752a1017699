using K124.Sim.Model;

namespace K124.Sim.Storage.Binding;

/// <summary>A volume chosen for a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Volume">The volume: as it was found, as it was assumed, or as it was written.</param>
public readonly record struct BindingInfo(PersistentVolumeClaim Claim, PersistentVolume Volume);
