using System.Net.Sockets;

namespace K124.Sim.Cli.Probing;

/// <summary>What Go says of a connection that does not come about.</summary>
internal static class DialFault
{
    public static string Of(SocketException exception, string address) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => $"dial tcp {address}: connect: connection refused",
        SocketError.HostUnreachable => $"dial tcp {address}: connect: no route to host",
        SocketError.NetworkUnreachable => $"dial tcp {address}: connect: network is unreachable",
        SocketError.HostNotFound => $"dial tcp: lookup {address[..address.LastIndexOf(':')]}: no such host",
        _ => $"dial tcp {address}: {exception.Message}",
    };

    public static string Timeout(string address) => $"dial tcp {address}: i/o timeout";
}
