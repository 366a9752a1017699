using System.Net.Sockets;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Cli.Probing;

/// <summary>Connects as the kubelet does, and hangs up.</summary>
internal static class TcpProber
{
    public static async Task<ProbeAnswer> ProbeAsync(string host, int port, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        using var client = new TcpClient();
        var address = $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}";
        try
        {
            await client.ConnectAsync(host, port, deadline.Token).ConfigureAwait(false);
            return ProbeHandlers.Tcp(null);
        }
        catch (SocketException exception)
        {
            return ProbeHandlers.Tcp(DialFault.Of(exception, address));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeHandlers.Tcp(DialFault.Timeout(address));
        }
    }
}
