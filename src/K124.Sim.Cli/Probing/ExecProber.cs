using System.ComponentModel;
using System.Diagnostics;
using K124.Sim.Pods.Probes;
using K124.Sim.Text;

namespace K124.Sim.Cli.Probing;

/// <summary>Runs a command here, and reads its end as the kubelet reads that of a command in a container.</summary>
internal static class ExecProber
{
    public static async Task<ProbeAnswer> ProbeAsync(IReadOnlyList<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = new(command[0]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
        foreach (var argument in command.Skip(1))
        {
            process.StartInfo.ArgumentList.Add(argument);
        }

        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return ProbeHandlers.ExecError(exception.Message);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token)).ConfigureAwait(false);
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            return ProbeHandlers.Exec(process.ExitCode, string.Concat(texts));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return ProbeHandlers.ExecTimeout($"command {GoText.Quote(string.Join(' ', command))} timed out");
        }
    }
}
