using System.Globalization;
using K124.Sim.Text;

namespace K124.Sim.Batch.Jobs;

/// <summary>Names of the pods that a Job creates.</summary>
internal static class JobPodNames
{
    /// <summary>Longest part of a generated name that the API server keeps before its five random characters.</summary>
    private const int LongestPrefix = 58;

    public static string Hostname(string job, int index) => string.Create(CultureInfo.InvariantCulture, $"{job}-{index}");

    public static string Prefix(string job, int index)
    {
        var tail = string.Create(CultureInfo.InvariantCulture, $"-{index}-");
        var kept = Math.Min(job.Length, LongestPrefix - tail.Length);
        return string.Concat(job.AsSpan(0, kept), tail);
    }

    /// <summary>The Job's name with a dash, or without where the dash would make a prefix that no pod may have.</summary>
    public static string Prefix(string job)
    {
        var prefix = job + "-";

        // As the API server judges a prefix: its end stands for whatever will be put there.
        return prefix.Length > 1 && NameRules.Subdomain(prefix[..^2] + "a").Length == 0 ? prefix : job;
    }
}
