using System.Globalization;
using System.Text;

namespace K124.Sim.Pods.Probes;

/// <summary>What the kubelet makes of what a probed container answered.</summary>
/// <remarks>Kubernetes 1.24 pkg/probe.</remarks>
internal static class ProbeHandlers
{
    /// <summary>The most bytes of a body or of an output that are kept.</summary>
    public const int MostBytes = 10 * 1024;

    /// <summary>An HTTP answer. A redirect arrives here only if it leads to another host: the others were followed.</summary>
    public static ProbeAnswer Http(int code, string body)
    {
        var kept = Cut(body);
        return code switch
        {
            >= 200 and < 300 => ProbeAnswer.Succeeded(kept),
            >= 300 and < 400 => new(ProbeVerdict.Warning, $"Probe terminated redirects, Response body: {kept}"),
            _ => ProbeAnswer.Failed(string.Create(CultureInfo.InvariantCulture, $"HTTP probe failed with statuscode: {code}")),
        };
    }

    /// <summary>An HTTP request that got no answer.</summary>
    /// <param name="url">What was asked.</param>
    /// <param name="failure">Why there is no answer.</param>
    public static ProbeAnswer HttpFailure(string url, string failure) => ProbeAnswer.Failed($"Get \"{url}\": {failure}");

    /// <summary>A command that ended.</summary>
    public static ProbeAnswer Exec(int exitCode, string output) =>
        exitCode == 0 ? ProbeAnswer.Succeeded(Cut(output)) : ProbeAnswer.Failed(Cut(output));

    /// <summary>A command that took too long: the text stands for its output.</summary>
    public static ProbeAnswer ExecTimeout(string text) => ProbeAnswer.Failed(text);

    /// <summary>A command that could not be run.</summary>
    public static ProbeAnswer ExecError(string error) => new(ProbeVerdict.Unknown, "", error);

    /// <summary>A connection.</summary>
    /// <param name="failure">Why there is none; null if there is one.</param>
    public static ProbeAnswer Tcp(string? failure) => failure is null ? ProbeAnswer.Succeeded("") : ProbeAnswer.Failed(failure);

    // A text is cut at a byte, as the kubelet does; half a letter becomes the sign for one that cannot be shown.
    private static string Cut(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= MostBytes ? text : Encoding.UTF8.GetString(bytes.AsSpan(0, MostBytes));
    }
}
