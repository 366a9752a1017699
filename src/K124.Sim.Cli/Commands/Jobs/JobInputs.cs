using System.CommandLine;
using System.Text.Json;
using K124.Sim.Batch.Forecast;
using K124.Sim.Cli.Output;
using K124.Sim.Manifests;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Cli.Commands.Jobs;

using ControlPlane = K124.Sim.ControlPlane.ControlPlane;

/// <summary>Reads what the commands about Jobs need, and says on standard error what is wrong with it.</summary>
internal sealed class JobInputs(Terminal terminal, StatusLine status, CancellationToken cancellationToken)
{
    private readonly Inputs _inputs = new(terminal, status, cancellationToken);

    public static Option<string> JobOption() => new Option<string>("--job")
    {
        Description = "File with the one Job, as it would be sent to the API server; - is standard input.",
        HelpName = "FILE",
        Required = true,
    }.RefusingOptions();

    /// <summary>Reads a Job and stores it as the server would.</summary>
    /// <returns>The Job, or null if it cannot be read or is refused, which has been said.</returns>
    public Job? ReadJob(string path, ClusterProfile profile, DateTimeOffset createdAt)
    {
        switch (_inputs.ReadObjects([path]))
        {
            case null:
                return null;
            case [Job job] when _inputs.Ignored.IsEmpty:
                return Store(job, path, profile, createdAt);
            case { } others:
                var kinds = others.Select(static item => $"{item.GetType().Name} {ObjectKey.Of(item)}").Concat(_inputs.Ignored.Select(static item => item.Kind)).ToArray();
                Say(new ManifestError($"one Job is needed; found {(kinds.Length == 0 ? "nothing" : string.Join(", ", kinds))}") { File = path });
                return null;
        }
    }

    private Job? Store(Job job, string path, ClusterProfile profile, DateTimeOffset createdAt)
    {
        var plane = new ControlPlane(
            Cluster.Of(new Namespace { Metadata = new() { Name = job.Metadata.Namespace } }), new() { Profile = profile, Start = createdAt });
        var result = plane.Create(job);
        if (result.Status is { } refusal)
        {
            var reasons = refusal.Details?.Causes is { IsDefaultOrEmpty: false } causes
                ? causes.Select(static cause => $"{cause.Field}: {cause.Message}").Distinct(StringComparer.Ordinal)
                : [refusal.Message];
            foreach (var reason in reasons)
            {
                Say(new ManifestError($"the API server refuses it: {reason}") { File = path, Object = $"Job {ObjectKey.Of(job)}" });
            }
        }

        return result.Value;
    }

    /// <summary>Reads a scenario without its Job.</summary>
    /// <returns>The scenario, or null if it cannot be read, which has been said.</returns>
    public JobScenario? ReadPlan(string path)
    {
        try
        {
            return JobScenario.Parse(File.ReadAllText(path));
        }
        catch (JsonException exception)
        {
            Say(new ManifestError(Plain(exception.Message))
            {
                File = path,
                Line = exception.LineNumber + 1,
                Path = exception.Path is ['$', '.', .. var member] ? member : "",
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Say(new ManifestError(exception.Message) { File = path });
        }

        return null;
    }

    private void Say(ManifestError error)
    {
        status.Dispose();
        terminal.Error.WriteLine(error);
    }

    /// <summary>The message without the place that the reader appends to it, and without names of .NET types.</summary>
    private static string Plain(string message)
    {
        var place = message.IndexOf(" Path: $", StringComparison.Ordinal);
        var plain = place < 0 ? message : message[..place];
        return plain.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) ? "unknown member" : plain;
    }
}
