using K124.Sim.Model;

namespace K124.Sim.Networking;

/// <summary>A cluster IP that a Service holds.</summary>
/// <param name="Service">The Service.</param>
/// <param name="Address">The address.</param>
/// <param name="Band">The band it lies in with the ServiceIPStaticSubrange gate on; null if the block cannot hand it out.</param>
public sealed record ServiceIPPlacement(ObjectKey Service, ServiceIP Address, ServiceIPBand? Band);
