using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>Which PriorityClass a pod gets.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/admission/priority.</remarks>
public static class PriorityClasses
{
    internal const string PreemptLowerPriority = nameof(PreemptLowerPriority);

    /// <summary>The classes that every cluster has.</summary>
    public static ImmutableArray<PriorityClass> System { get; } =
    [
        SystemClass("system-node-critical", 2_000_001_000, "Used for system critical pods that must not be moved from their current node."),
        SystemClass("system-cluster-critical", 2_000_000_000, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."),
    ];

    /// <summary>The class of pods that name none.</summary>
    /// <param name="existing">The classes that there are.</param>
    /// <returns>Of the classes marked as default the one of the lowest value, of equal ones the first by name; null if there is none.</returns>
    public static PriorityClass? Default(ObjectSet<PriorityClass> existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        return existing
            .Where(static candidate => candidate.GlobalDefault)
            .OrderBy(static candidate => candidate.Value)
            .ThenBy(static candidate => candidate.Metadata.Name, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>Finds a class by name, the system's own included.</summary>
    internal static PriorityClass? Find(string name, ObjectSet<PriorityClass> existing) =>
        existing.Find(name) ?? System.FirstOrDefault(candidate => candidate.Metadata.Name == name);

    private static PriorityClass SystemClass(string name, int value, string description) =>
        new() { Metadata = new() { Name = name }, Value = value, Description = description, PreemptionPolicy = PreemptLowerPriority };
}
