using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Cli.Probing;

/// <summary>Calls the health service over HTTP/2 without TLS, as the kubelet does.</summary>
internal sealed class GrpcHealthClient : IGrpcHealthClient
{
    public async Task<GrpcHealthReply> CheckAsync(string address, string service, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var channel = GrpcChannel.ForAddress($"http://{address}", new() { HttpHandler = handler });
        try
        {
            await channel.ConnectAsync(deadline.Token).ConfigureAwait(false);
            var headers = new Metadata { { "user-agent", GrpcHealth.UserAgent } };
            var reply = await new Health.HealthClient(channel)
                .CheckAsync(new() { Service = service }, headers, cancellationToken: deadline.Token).ConfigureAwait(false);
            return new((int)reply.Status, null);
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (deadline.IsCancellationRequested)
            {
                return new(null, (int)StatusCode.DeadlineExceeded);
            }

            if (exception.Status.DebugException is not HttpRequestException)
            {
                return new(null, (int)exception.StatusCode, exception.Status.Detail);
            }

            // What does not speak HTTP/2 is no connection, and that is tried for all of the time.
            await WaitForAsync(deadline.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return GrpcHealthReply.NotConnected;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return GrpcHealthReply.NotConnected;
        }
    }

    private static Task WaitForAsync(CancellationToken end) =>
        Task.Delay(Timeout.InfiniteTimeSpan, end).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
