using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>How far a Job has come.</summary>
internal sealed class JobProgress
{
    public const string IndexAnnotation = "batch.kubernetes.io/job-completion-index";

    private readonly int _active;
    private readonly int _succeeded;
    private readonly HashSet<int> _taken = [];
    private int _next;

    private JobProgress(bool isOver, int active, int succeeded)
    {
        IsOver = isOver;
        _active = active;
        _succeeded = succeeded;
    }

    /// <summary>A Job that has just been made.</summary>
    public static JobProgress None => new(false, 0, 0);

    /// <summary>Whether the Job has completed or failed.</summary>
    public bool IsOver { get; }

    public static bool IsFinished(Job job) => job.Status.Conditions.Any(static condition => condition.Type is "Complete" or "Failed" && condition.Status == "True");

    public static JobProgress Of(Job job, IEnumerable<Pod> pods)
    {
        Pod[] counted = [.. pods.Where(static pod => Owners.IsActive(pod) || pod.Status.Phase == "Succeeded")];
        var succeeded = counted.Count(static pod => pod.Status.Phase == "Succeeded");
        var progress = new JobProgress(IsFinished(job), counted.Length - succeeded, Math.Max(succeeded, job.Status.Succeeded));
        foreach (var pod in counted)
        {
            if (int.TryParse(pod.Metadata.Annotations.GetValueOrDefault(IndexAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                progress._taken.Add(index);
            }
        }

        return progress;
    }

    /// <summary>How many pods the Job makes now.</summary>
    public int Missing(JobSpec spec)
    {
        var parallelism = spec.Parallelism ?? 1;
        var wanted = spec.Completions is { } completions ? Math.Min(parallelism, completions - _succeeded)
            : _succeeded > 0 ? _active
            : parallelism;
        return wanted - _active;
    }

    /// <summary>The lowest index that no pod has.</summary>
    public int NextIndex()
    {
        while (!_taken.Add(_next))
        {
            _next++;
        }

        return _next;
    }
}
