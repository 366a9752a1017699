using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>What a KubeSchedulerConfiguration says of decisions: the profiles, and what they share.</summary>
/// <remarks>All profiles work on one cluster, one queue and one set of nominations, and share where the next search starts.
/// Kubernetes 1.24 pkg/scheduler/apis/config.</remarks>
public sealed record SchedulerConfiguration
{
    private const int WholePercentage = 100;

    private readonly Items<SchedulerProfile> _profiles = new([SchedulerProfile.Default]);
    private readonly Items<SchedulerExtender> _extenders;

    /// <summary>One profile, the default one of 1.24.</summary>
    public static SchedulerConfiguration Default { get; } = new();

    /// <summary>Share of nodes after which the search for feasible ones stops, in percent.</summary>
    /// <value>0 to 100; 0, the default, lets it fall from 50 to 5 as the cluster grows. At least 100 feasible nodes are always
    /// looked for.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 100.</exception>
    public int PercentageOfNodesToScore
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, WholePercentage);
            field = value;
        }
    }

    /// <summary>How long a pod waits after its first failed attempt, in seconds; each further failure doubles it.</summary>
    /// <value>From 1 on; 1 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long PodInitialBackoffSeconds
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>The longest that a pod waits after a failed attempt, in seconds.</summary>
    /// <value>Not less than <see cref="PodInitialBackoffSeconds"/>; 10 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long PodMaxBackoffSeconds
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 10;

    /// <summary>The profiles; a pod's <c>schedulerName</c> tells which one places it.</summary>
    /// <value>The default profile by default.</value>
    public ImmutableArray<SchedulerProfile> Profiles { get => _profiles.Array; init => _profiles = new(value); }

    /// <summary>Processes that have a say after the plugins of every profile.</summary>
    /// <value>None by default.</value>
    public ImmutableArray<SchedulerExtender> Extenders { get => _extenders.Array; init => _extenders = new(value); }

    /// <summary>The configuration without its extenders, of which only the resources remain that they take over from the scheduler.</summary>
    /// <returns>The configuration.</returns>
    public SchedulerConfiguration WithoutExtenders() => WithIgnoredResources() with { Extenders = [] };

    /// <summary>The configuration in which the resources that extenders take over stand in every profile, in place of those that it ignores itself.</summary>
    internal SchedulerConfiguration WithIgnoredResources()
    {
        string[] ignored = [.. Extenders.SelectMany(static extender => extender.ManagedResources).Where(static resource => resource.IgnoredByScheduler).Select(static resource => resource.Name)];
        return ignored.Length == 0 ? this : this with
        {
            Profiles = [.. Profiles.Select(profile => profile with { NodeResourcesFitArgs = profile.NodeResourcesFitArgs with { IgnoredResources = [.. ignored] } })],
        };
    }
}
