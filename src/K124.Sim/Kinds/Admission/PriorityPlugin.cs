using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>Resolves the priority classes of pods.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/admission/priority.</remarks>
internal sealed class PriorityPlugin : AdmissionPlugin
{
    private const string Group = "scheduling.k8s.io";
    private const string Plural = "priorityclasses";
    private const string DefaultPolicy = "PreemptLowerPriority";

    /// <inheritdoc/>
    public override string Name => "Priority";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (!request.IsFor("pods") || request.Object is not { } pod)
        {
            return null;
        }

        var spec = pod.Ensure("spec");
        switch (request.Operation)
        {
            case AdmissionOperation.Create:
                return Resolve(request, spec);
            case AdmissionOperation.Update:
                Keep(spec, request.OldObject.Object("spec"), "priority");
                Keep(spec, request.OldObject.Object("spec"), "preemptionPolicy");
                return null;
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    public override ApiStatus? Validate(AdmissionRequest request)
    {
        if (!request.IsFor(Group, Plural) || request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update)
            || !request.Object.Flag("globalDefault") || DefaultClass(request.Context.Objects) is not { } present)
        {
            return null;
        }

        var name = present.Object("metadata").Text("name");
        return request.Operation == AdmissionOperation.Create || name != request.Object.Object("metadata").Text("name")
            ? request.Forbidden($"PriorityClass {name} is already marked as default. Only one default can exist")
            : null;
    }

    private static ApiStatus? Resolve(AdmissionRequest request, JsonObject spec)
    {
        var className = spec.Text("priorityClassName");
        JsonObject? found;
        if (className.Length == 0)
        {
            found = DefaultClass(request.Context.Objects);
            spec.Set("priorityClassName", found.Object("metadata").Text("name"));
        }
        else
        {
            found = request.Context.Objects.Get(Group, Plural, "", className);
            if (found is null)
            {
                return request.Forbidden($"no PriorityClass with name {className} was found");
            }
        }

        var priority = found.Number("value");
        if (spec.NumberOrNull("priority") is { } given && given != priority)
        {
            return request.Forbidden(string.Create(
                CultureInfo.InvariantCulture,
                $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name"));
        }

        spec["priority"] = priority;
        var policy = found.TextOrNull("preemptionPolicy") ?? DefaultPolicy;
        if (spec.TextOrNull("preemptionPolicy") is { } givenPolicy && givenPolicy != policy)
        {
            return request.Forbidden(
                $"the string value of PreemptionPolicy ({givenPolicy}) must not be provided in pod spec; priority admission controller computed {policy} from the given PriorityClass name");
        }

        spec["preemptionPolicy"] = policy;
        return null;
    }

    // Should there be several, the least of them counts.
    private static JsonObject? DefaultClass(IObjectReader objects)
    {
        JsonObject? least = null;
        foreach (var item in objects.List(Group, Plural, ""))
        {
            if (item.Flag("globalDefault") && (least is null || item.Number("value") < least.Number("value")))
            {
                least = item;
            }
        }

        return least;
    }

    private static void Keep(JsonObject spec, JsonObject? old, string member)
    {
        if (!spec.ContainsKey(member))
        {
            spec.CopyFrom(old, member);
        }
    }
}
