namespace K124.Sim.Networking;

/// <summary>What the metrics of one block say.</summary>
/// <param name="AllocatedIPs"><c>allocated_ips</c>; null until an operation has set it.</param>
/// <param name="AvailableIPs"><c>available_ips</c>; null until an operation has set it.</param>
/// <param name="StaticAllocations"><c>allocation_total</c> of scope static: a certain address was asked for.</param>
/// <param name="DynamicAllocations"><c>allocation_total</c> of scope dynamic.</param>
/// <param name="StaticErrors"><c>allocation_errors_total</c> of scope static.</param>
/// <param name="DynamicErrors"><c>allocation_errors_total</c> of scope dynamic.</param>
public sealed record ServiceIPMetricValues(
    long? AllocatedIPs,
    long? AvailableIPs,
    long StaticAllocations,
    long DynamicAllocations,
    long StaticErrors,
    long DynamicErrors);
