using System.IO.Pipelines;
using K124.Sim.ControlPlane.Serving;

namespace K124.Sim.ApiServer;

/// <summary>Carries the events of a watch to whoever reads the other end, no faster than it reads.</summary>
internal static class WatchPump
{
    public static async Task RunAsync(ClusterHost host, WatchStream watch, PipeWriter writer, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        try
        {
            while (true)
            {
                buffer.SetLength(0);
                var isOpen = host.Read(watch, buffer, out var next);
                if (buffer.Length > 0)
                {
                    var flushed = await writer.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken).ConfigureAwait(false);
                    if (flushed.IsCompleted)
                    {
                        break;
                    }
                }

                if (!isOpen)
                {
                    break;
                }

                await next.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The client is gone.
        }

        watch.Close();
        await writer.CompleteAsync().ConfigureAwait(false);
    }
}
