using System.Collections.Immutable;
using K124.Sim.Cli.Output;
using K124.Sim.Manifests;
using K124.Sim.Model;

namespace K124.Sim.Cli.Commands;

/// <summary>Reads clusters and manifests, and says on standard error what is wrong with them.</summary>
internal sealed class Inputs(Terminal terminal, StatusLine status, CancellationToken cancellationToken, bool passOverForeign = false)
{
    private readonly ManifestOptions _options = new() { PassOverForeign = passOverForeign };
    private bool _hasReadStandardInput;

    private readonly SortedDictionary<(string ApiVersion, string Kind), long> _ignored = new(Comparer<(string ApiVersion, string Kind)>.Create(Compare));

    /// <summary>Objects read over so far because the library does not model their kind.</summary>
    public ImmutableArray<UnknownKind> Ignored =>
        [.. _ignored.Select(static pair => new UnknownKind(pair.Key.ApiVersion, pair.Key.Kind, pair.Value))];

    /// <summary>Reads a cluster.</summary>
    /// <returns>The cluster, or null if there were errors, which have been printed.</returns>
    public Cluster? ReadCluster(IEnumerable<string> paths)
    {
        string[] sources = [.. paths];
        if (!MayRead(sources))
        {
            return null;
        }

        var result = ClusterReader.Read(sources, _options, Progress("reading the cluster"), cancellationToken);
        if (!Accept(result.Errors, result.ErrorCount, result.UnknownKinds))
        {
            return null;
        }

        Tell(result.PassedOver, result.PassedOverCount, result.Notes);
        return IsUsable(sources, result.Statistics) ? result.Cluster : null;
    }

    /// <summary>Reads objects in their order.</summary>
    /// <returns>The objects, or null if there were errors, which have been printed.</returns>
    public ImmutableArray<IApiObject>? ReadObjects(IEnumerable<string> paths) => Read(paths)?.Objects;

    /// <summary>Reads a file that holds pods, or what makes pods, and nothing else.</summary>
    /// <returns>The objects, or null if there were errors, which have been printed.</returns>
    public ImmutableArray<IApiObject>? ReadReplicated(string path)
    {
        if (Read([path]) is not { } read)
        {
            return null;
        }

        var makers = read.Objects.All(static item => item is Pod or Deployment or ReplicaSet or ReplicationController or StatefulSet or DaemonSet or Job or CronJob);
        if (makers && !read.Objects.IsEmpty && read.UnknownKinds.IsEmpty)
        {
            return read.Objects;
        }

        var kinds = read.Objects.Select(static item => $"{item.GetType().Name} {ObjectKey.Of(item)}").Concat(read.UnknownKinds.Select(static item => item.Kind)).ToArray();
        Refuse($"{path}: pods, or workloads that make pods, are needed; found {(kinds.Length == 0 ? "nothing" : string.Join(", ", kinds))}");
        return null;
    }

    /// <summary>Says what is wrong with the input.</summary>
    public void Refuse(string message)
    {
        status.Dispose();
        terminal.Error.WriteLine(message);
    }

    /// <summary>Says which kinds were read over.</summary>
    public void ReportIgnored()
    {
        if (_ignored.Count > 0)
        {
            var kinds = Ignored.Select(static item => $"{Amounts.Count(item.Count)} {item.ApiVersion} {item.Kind}");
            terminal.Error.WriteLine($"ignored: {string.Join(", ", kinds)}");
        }
    }

    private ManifestResult? Read(IEnumerable<string> paths)
    {
        string[] sources = [.. paths];
        if (!MayRead(sources))
        {
            return null;
        }

        var result = ManifestReader.Read(sources, _options, Progress("reading workloads"), cancellationToken);
        if (!Accept(result.Errors, result.ErrorCount, result.UnknownKinds))
        {
            return null;
        }

        Tell(result.PassedOver, result.PassedOverCount, result.Notes);
        return IsUsable(sources, result.Statistics) ? result : null;
    }

    /// <summary>Standard input is one text: only one option can have it.</summary>
    private bool MayRead(string[] sources)
    {
        if (!sources.Contains("-"))
        {
            return true;
        }

        if (_hasReadStandardInput)
        {
            Refuse("-: standard input can be read only once");
            return false;
        }

        return _hasReadStandardInput = true;
    }

    /// <summary>Whether there is anything to work with; an empty input is most often a wrong one.</summary>
    private bool IsUsable(string[] sources, LoadStatistics statistics)
    {
        if (statistics.Objects.Count > 0 || _ignored.Count > 0)
        {
            return true;
        }

        Refuse($"{string.Join(", ", sources)}: there is no Kubernetes object in it");
        return false;
    }

    private void Tell(ImmutableArray<ManifestError> passedOver, long passedOverCount, ImmutableArray<string> notes)
    {
        status.Dispose();
        foreach (var error in passedOver)
        {
            terminal.Error.WriteLine($"passed over: {error}");
        }

        if (passedOverCount > passedOver.Length)
        {
            terminal.Error.WriteLine($"and {Amounts.Count(passedOverCount - passedOver.Length)} more passed over");
        }

        foreach (var note in notes)
        {
            terminal.Error.WriteLine($"note: {note}");
        }
    }

    private IProgress<LoadProgress> Progress(string what) => status.Progress<LoadProgress>(
        progress => $"{what}: {Amounts.Count(progress.Objects, "object")}{(progress.TotalBytes is > 0 and var total ? $", {Amounts.Share((double)progress.BytesRead / total)}" : "")}");

    private bool Accept(ImmutableArray<ManifestError> errors, long errorCount, ImmutableArray<UnknownKind> unknownKinds)
    {
        foreach (var (apiVersion, kind, count) in unknownKinds)
        {
            _ignored[(apiVersion, kind)] = _ignored.GetValueOrDefault((apiVersion, kind)) + count;
        }

        if (errorCount == 0)
        {
            return true;
        }

        status.Dispose();
        foreach (var error in errors)
        {
            terminal.Error.WriteLine(error);
        }

        if (errorCount > errors.Length)
        {
            terminal.Error.WriteLine($"and {Amounts.Count(errorCount - errors.Length)} more errors");
        }

        if (errors.Any(static error => error.IsForeign))
        {
            terminal.Error.WriteLine($"{ForeignOption.Name} passes over what is no Kubernetes object, and copies, and lists them.");
        }

        return false;
    }

    private static int Compare((string ApiVersion, string Kind) left, (string ApiVersion, string Kind) right) =>
        string.CompareOrdinal(left.ApiVersion, right.ApiVersion) is var order and not 0 ? order : string.CompareOrdinal(left.Kind, right.Kind);
}
