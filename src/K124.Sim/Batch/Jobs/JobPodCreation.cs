using K124.Sim.Model;

namespace K124.Sim.Batch.Jobs;

/// <summary>A call of a sync to create a pod.</summary>
public sealed class JobPodCreation
{
    private readonly JobPodTemplate _template;
    private readonly int _index;

    internal JobPodCreation(JobPodTemplate template, int index, string? error) => (_template, _index, Error) = (template, index, error);

    /// <summary>Completion index, from 0; null for a Job that is not Indexed.</summary>
    public int? CompletionIndex => _index < 0 ? null : _index;

    /// <summary>The server's refusal; null if the call succeeded.</summary>
    public string? Error { get; }

    /// <summary>The pod as sent: with a prefix of its name, which the server completes, and in the Job's namespace by the call.</summary>
    public Pod Pod => _template.Make(_index);
}
