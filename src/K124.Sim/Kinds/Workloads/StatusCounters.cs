using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Workloads;

/// <summary>Rules of counters in the status of workloads.</summary>
internal static class StatusCounters
{
    private static readonly FieldPath Path = FieldPath.Of("status");

    /// <summary>Refuses negative counters.</summary>
    public static void NotNegative(JsonObject? status, FieldErrors errors, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            errors.NotNegative(Path.Child(member), status.NumberOrNull(member));
        }
    }

    /// <summary>Refuses counters above the number of replicas, and more available than ready ones.</summary>
    public static void WithinReplicas(JsonObject? status, FieldErrors errors, params ReadOnlySpan<string> members)
    {
        const string MoreThanReplicas = "cannot be greater than status.replicas";
        var replicas = status.Number("replicas");
        foreach (var member in members)
        {
            if (status.Number(member) > replicas)
            {
                errors.Invalid(Path.Child(member), status.Number(member), MoreThanReplicas);
            }
        }

        if (status.Number("availableReplicas") > status.Number("readyReplicas"))
        {
            errors.Invalid(Path.Child("availableReplicas"), status.Number("availableReplicas"), "cannot be greater than readyReplicas");
        }
    }

    /// <summary>Refuses a count of collisions that shrinks.</summary>
    public static void Collisions(JsonObject? status, JsonObject? old, FieldErrors errors)
    {
        if (old.NumberOrNull("collisionCount") is not { } before)
        {
            return;
        }

        var count = status.NumberOrNull("collisionCount");
        if (count is null || count < before)
        {
            errors.Invalid(Path.Child("collisionCount"), count ?? 0, "cannot be decremented");
        }
    }
}
