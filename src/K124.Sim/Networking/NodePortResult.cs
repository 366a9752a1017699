using K124.Sim.Networking.Internal;

namespace K124.Sim.Networking;

/// <summary>Outcome of an operation on an allocator of node ports.</summary>
public readonly record struct NodePortResult
{
    private readonly string? _text;

    private NodePortResult(AllocationStatus status, int port, string? text)
    {
        Status = status;
        Port = port;
        _text = text;
    }

    /// <summary>What happened.</summary>
    public AllocationStatus Status { get; }

    /// <summary>The port that was allocated or asked for.</summary>
    public int Port { get; }

    /// <summary>Whether the operation was done.</summary>
    public bool Succeeded => Status == AllocationStatus.Done;

    /// <summary>The error text of 1.24; empty on success.</summary>
    public string Message => Status switch
    {
        AllocationStatus.Done => "",
        AllocationStatus.AlreadyAllocated => "provided port is already allocated",
        AllocationStatus.OutOfRange => $"provided port is not in the valid range. The range of valid ports is {_text}",
        AllocationStatus.Full => "range is full",
        AllocationStatus.Panic => AllocationMessages.Panic,
        _ => _text ?? "",
    };

    internal static NodePortResult Ok(int port) => new(AllocationStatus.Done, port, null);

    internal static NodePortResult Of(AllocationStatus status, int port, string? text = null) => new(status, port, text);
}
