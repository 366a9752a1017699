using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Collecting;

/// <summary>The conditions of a namespace that is being deleted.</summary>
internal static class NamespaceConditions
{
    private static readonly ImmutableArray<(string Type, string Reason, string Message)> Good =
    [
        ("NamespaceDeletionDiscoveryFailure", "ResourcesDiscovered", "All resources successfully discovered"),
        ("NamespaceDeletionGroupVersionParsingFailure", "ParsedGroupVersions", "All legacy kube types successfully parsed"),
        ("NamespaceDeletionContentFailure", "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
        ("NamespaceContentRemaining", "ContentRemoved", "All content successfully removed"),
        ("NamespaceFinalizersRemaining", "ContentHasNoFinalizers", "All content-preserving finalizers finished"),
    ];

    /// <summary>The conditions by what was found.</summary>
    /// <param name="conditions">The conditions that are there.</param>
    /// <param name="found">What was found.</param>
    /// <param name="now">The present.</param>
    public static ImmutableArray<Condition> Update(ImmutableArray<Condition> conditions, NamespaceFindings found, DateTimeOffset now)
    {
        foreach (var (type, reason, message) in Good)
        {
            var bad = Bad(type, found);
            var condition = new Condition
            {
                Type = type,
                Status = bad is null ? "False" : "True",
                Reason = bad?.Reason ?? reason,
                Message = bad?.Message ?? message,
                LastTransitionTime = now.WholeSeconds(),
            };
            var old = conditions.FirstOrDefault(item => item.Type == type);
            conditions = old is null
                ? conditions.Add(condition)
                : conditions.Replace(old, old.Status == condition.Status ? condition with { LastTransitionTime = old.LastTransitionTime } : condition);
        }

        return conditions;
    }

    private static (string Reason, string Message)? Bad(string type, NamespaceFindings found)
    {
        switch (type)
        {
            case "NamespaceDeletionDiscoveryFailure" when found.DiscoveryFailure is { } failure:
                return ("DiscoveryFailed", $"Discovery failed for some groups, {failure.Groups} failing: {failure.Error}");
            case "NamespaceDeletionContentFailure" when found.Errors.Count > 0:
                var errors = string.Join(", ", found.Errors.Order(StringComparer.Ordinal));
                return ("ContentDeletionFailed", $"Failed to delete all resource types, {found.Errors.Count} remaining: {errors}");
            case "NamespaceContentRemaining" when found.Remaining.Count > 0:
                var resources = found.Remaining.Select(static entry => $"{entry.Key} has {entry.Value} resource instances");
                return ("SomeResourcesRemain", $"Some resources are remaining: {string.Join(", ", resources.Order(StringComparer.Ordinal))}");
            case "NamespaceFinalizersRemaining" when found.Finalizers.Count > 0:
                var finalizers = found.Finalizers.Select(static entry => $"{entry.Key} in {entry.Value} resource instances");
                return ("SomeFinalizersRemain", $"Some content in the namespace has finalizers remaining: {string.Join(", ", finalizers.Order(StringComparer.Ordinal))}");
            default:
                return null;
        }
    }
}

/// <summary>What was found when a namespace's content was deleted.</summary>
internal sealed class NamespaceFindings
{
    /// <summary>Groups of which it is not known what they serve.</summary>
    public (int Groups, string Error)? DiscoveryFailure { get; init; }

    /// <summary>What went wrong with single resources.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>How many objects of a resource are left.</summary>
    public Dictionary<string, int> Remaining { get; } = new(StringComparer.Ordinal);

    /// <summary>How many of them have a finalizer.</summary>
    public Dictionary<string, int> Finalizers { get; } = new(StringComparer.Ordinal);

    /// <summary>How many seconds it may take until they are gone.</summary>
    public long Estimate { get; set; }
}
