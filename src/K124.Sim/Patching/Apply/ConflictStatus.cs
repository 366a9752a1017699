using System.Collections.Immutable;
using System.Text;
using K124.Sim.Api;
using K124.Sim.Patching.Fields;
using K124.Sim.Text;

namespace K124.Sim.Patching.Apply;

/// <summary>How the server tells of fields that others own.</summary>
internal static class ConflictStatus
{
    /// <summary>The refusal.</summary>
    /// <param name="conflicts">What is owned by whom.</param>
    /// <param name="managed">The owners.</param>
    public static ApiStatus Of(Dictionary<ManagerId, FieldSet> conflicts, ManagedFields managed)
    {
        var byOwner = conflicts.OrderBy(static c => c.Key.SortKey(), StringComparer.Ordinal)
            .Select(c => (Owner: Name(c.Key, managed[c.Key].ApiVersion), Paths: c.Value.Paths().Select(static p => p.ToString()).ToImmutableArray())).ToList();
        var causes = byOwner.SelectMany(static o => o.Paths.Select(p => new ApiStatusCause("FieldManagerConflict", $"conflict with {o.Owner}", p)));
        return new()
        {
            Code = 409,
            Reason = "Conflict",
            Message = Message(byOwner),
            Details = new() { Causes = [.. causes] },
        };
    }

    private static string Message(List<(string Owner, ImmutableArray<string> Paths)> byOwner)
    {
        var count = byOwner.Sum(static o => o.Paths.Length);
        if (count == 1)
        {
            return $"Apply failed with 1 conflict: conflict with {byOwner[0].Owner}: {byOwner[0].Paths[0]}";
        }

        var text = new StringBuilder($"Apply failed with {count} conflicts: ");
        var lines = byOwner.SelectMany(static o => o.Paths.Select(static p => $"- {p}").Prepend($"conflicts with {o.Owner}:"));
        return text.AppendJoin('\n', lines).ToString();
    }

    private static string Name(ManagerId id, string apiVersion)
    {
        var name = GoText.Quote(id.Name);
        if (id.Subresource.Length > 0)
        {
            name += $" with subresource {GoText.Quote(id.Subresource)}";
        }

        return id.IsApply ? name : $"{name} using {apiVersion}";
    }
}
