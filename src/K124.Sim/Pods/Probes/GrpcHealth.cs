using System.Globalization;
using K124.Sim.Text;

namespace K124.Sim.Pods.Probes;

/// <summary>What the kubelet makes of a call of the gRPC health service. It never comes to an error: nothing is asked twice.</summary>
/// <remarks>Kubernetes 1.24 pkg/probe/grpc; KEP-2727.</remarks>
internal static class GrpcHealth
{
    private const int DeadlineExceeded = 4;
    private const int Unimplemented = 12;

    private static readonly string[] CodeNames =
    [
        "OK", "Canceled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound", "AlreadyExists", "PermissionDenied", "ResourceExhausted",
        "FailedPrecondition", "Aborted", "OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss", "Unauthenticated",
    ];

    private static readonly string[] StatusNames = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];

    /// <summary>Name of what the kubelet calls itself to the server.</summary>
    public static string UserAgent => "kube-probe/1.24";

    /// <summary>The service answered with a status.</summary>
    /// <param name="status">Number of the status.</param>
    public static ProbeAnswer Answered(int status) => status == 1
        ? ProbeAnswer.Succeeded("service healthy")
        : ProbeAnswer.Failed($"service unhealthy (responded with {GoText.Quote(StatusName(status))})");

    /// <summary>Number of a status by its name; null if there is none of that name.</summary>
    public static int? StatusNumber(string name) => Array.IndexOf(StatusNames, name) is >= 0 and var number ? number : null;

    /// <summary>The call failed.</summary>
    /// <param name="code">gRPC's number of the reason.</param>
    /// <param name="message">The server's message.</param>
    /// <param name="timeoutSeconds">Seconds the probe gives.</param>
    public static ProbeAnswer Refused(int code, string message, int timeoutSeconds) => ProbeAnswer.Failed(code switch
    {
        Unimplemented => $"error: this server does not implement the grpc health protocol (grpc.health.v1.Health): {message}",
        DeadlineExceeded => $"timeout: health rpc did not complete within {Seconds(timeoutSeconds)}",
        _ => $"error: health rpc probe failed: rpc error: code = {CodeName(code)} desc = {message}",
    });

    /// <summary>No connection came about within the time the probe gives: it is tried for all of that time.</summary>
    /// <param name="address">Host and port.</param>
    /// <param name="timeoutSeconds">Seconds the probe gives.</param>
    public static ProbeAnswer NotConnected(string address, int timeoutSeconds) => ProbeAnswer.Failed(
        $"timeout: failed to connect service {GoText.Quote(address)} within {Seconds(timeoutSeconds)}: context deadline exceeded");

    private static string StatusName(int status) =>
        status >= 0 && status < StatusNames.Length ? StatusNames[status] : status.ToString(CultureInfo.InvariantCulture);

    private static string CodeName(int code) => code >= 0 && code < CodeNames.Length
        ? CodeNames[code]
        : string.Create(CultureInfo.InvariantCulture, $"Code({code})");

    private static string Seconds(int seconds) => GoDuration.Text(TimeSpan.FromSeconds(seconds));
}
