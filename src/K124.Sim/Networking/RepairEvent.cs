using K124.Sim.Model;

namespace K124.Sim.Networking;

/// <summary>A Warning event that a repair pass records on a Service.</summary>
/// <param name="Service">The Service.</param>
/// <param name="Reason">Reason, for example <c>ClusterIPAlreadyAllocated</c>.</param>
/// <param name="Message">Text of 1.24.</param>
public sealed record RepairEvent(ObjectKey Service, string Reason, string Message);
