namespace K124.Sim.Networking.Internal;

/// <summary>What to do with a stored object: write another in its place, or end with an error.</summary>
internal readonly record struct StoreDecision(RangeAllocation? Desired, AllocationStatus Status = AllocationStatus.Done, string Message = "")
{
    public static StoreDecision Fail(AllocationStatus status, string message = "") => new(null, status, message);
}
