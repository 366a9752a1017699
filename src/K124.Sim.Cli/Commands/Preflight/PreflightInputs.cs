using System.Collections.Immutable;
using K124.Sim.Cli.Output;
using K124.Sim.Manifests;
using K124.Sim.Preflight;

namespace K124.Sim.Cli.Commands.Preflight;

/// <summary>Reads what an upgrade is judged by, and says on standard error what cannot be read.</summary>
internal sealed class PreflightInputs(Terminal terminal, StatusLine status, CancellationToken cancellationToken)
{
    /// <summary>Reads everything.</summary>
    /// <returns>The input; null if something could not be read, which has been printed.</returns>
    public PreflightInput? Read(string[] cluster, string[] manifests, string[] kubelets)
    {
        if (cluster.Concat(manifests).Count(static path => path == "-") > 1)
        {
            return Refuse<PreflightInput>("-: standard input can be read only once");
        }

        if (ReadItems(cluster, isManifest: false) is not { } present || ReadItems(manifests, isManifest: true) is not { } planned)
        {
            return null;
        }

        var starts = ImmutableArray.CreateBuilder<KubeletInput>();
        foreach (var path in kubelets)
        {
            if (ReadKubelets(path) is not { } read)
            {
                return null;
            }

            starts.AddRange(read);
        }

        return new() { Items = [.. present, .. planned], Kubelets = [.. starts, .. present.Select(KubeletFiles.OfConfigMap).OfType<KubeletInput>()] };
    }

    /// <summary>Reads accepted findings.</summary>
    /// <returns>The findings; null if the file is none, which has been printed.</returns>
    public PreflightBaseline? ReadBaseline(string path)
    {
        try
        {
            return PreflightBaseline.TryParse(File.ReadAllText(path), out var baseline, out var problem) ? baseline : Refuse<PreflightBaseline>($"{path}: {problem}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse<PreflightBaseline>($"{path}: {exception.Message}");
        }
    }

    private PreflightItem[]? ReadItems(string[] paths, bool isManifest)
    {
        if (paths.Length == 0)
        {
            return [];
        }

        var read = ManifestTreeReader.Read(paths, null, status.Progress<LoadProgress>(static progress => $"reading: {Amounts.Count(progress.Objects, "object")}"), cancellationToken);
        status.Dispose();
        foreach (var error in read.Errors)
        {
            terminal.Error.WriteLine(error.IsForeign ? $"passed over: {error}" : error.ToString());
        }

        if (read.Errors.Any(static error => !error.IsForeign))
        {
            return null;
        }

        return read.Trees.IsEmpty
            ? Refuse<PreflightItem[]>($"{string.Join(", ", paths)}: there is no Kubernetes object in it")
            : [.. read.Trees.Select(tree => new PreflightItem(tree.Content, tree.File, tree.Line) { IsManifest = isManifest })];
    }

    private ImmutableArray<KubeletInput>? ReadKubelets(string path)
    {
        try
        {
            string[] files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal)] : [path];
            return [.. files.Select(file => KubeletFiles.Of(file, File.ReadAllText(file)))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Refuse<PreflightInput>($"{path}: {exception.Message}");
            return null;
        }
    }

    private T? Refuse<T>(string message)
        where T : class
    {
        status.Dispose();
        terminal.Error.WriteLine(message);
        return null;
    }
}
