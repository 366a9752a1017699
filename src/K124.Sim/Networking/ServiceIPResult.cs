using K124.Sim.Networking.Internal;

namespace K124.Sim.Networking;

/// <summary>Outcome of an operation on an allocator of cluster IPs.</summary>
public readonly record struct ServiceIPResult
{
    // What the message needs beside the status: the block for OutOfRange, else the text itself.
    private readonly object? _context;

    private ServiceIPResult(AllocationStatus status, ServiceIP? address, object? context)
    {
        Status = status;
        Address = address;
        _context = context;
    }

    /// <summary>What happened.</summary>
    public AllocationStatus Status { get; }

    /// <summary>The address that was allocated or asked for; null if none was asked for, and none was allocated.</summary>
    public ServiceIP? Address { get; }

    /// <summary>Whether the operation was done.</summary>
    public bool Succeeded => Status == AllocationStatus.Done;

    /// <summary>The error text of 1.24; empty on success.</summary>
    public string Message => Status switch
    {
        AllocationStatus.Done => "",
        AllocationStatus.AlreadyAllocated => "provided IP is already allocated",
        AllocationStatus.OutOfRange => $"the provided IP ({Address}) is not in the valid range. The range of valid IPs is {_context}",
        AllocationStatus.Full => "range is full",
        AllocationStatus.Panic => AllocationMessages.Panic,
        _ => _context as string ?? "",
    };

    internal static ServiceIPResult Ok(ServiceIP address) => new(AllocationStatus.Done, address, null);

    internal static ServiceIPResult Of(AllocationStatus status, ServiceIP? address, string? message = null) => new(status, address, message);

    internal static ServiceIPResult OutOfRange(ServiceIP address, ServiceCidr cidr) => new(AllocationStatus.OutOfRange, address, cidr);
}
