using System.Text.Json.Nodes;
using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>Fills and checks requests and limits by the LimitRanges of the namespace.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/admission/limitranger.</remarks>
internal sealed class LimitRanger : AdmissionPlugin
{
    /// <inheritdoc/>
    public override string Name => "LimitRanger";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (IsMeant(request) && request.IsFor("pods"))
        {
            foreach (var range in Ranges(request))
            {
                LimitRangeDefaults.Apply(request.Object!, range);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override ApiStatus? Validate(AdmissionRequest request)
    {
        if (!IsMeant(request))
        {
            return null;
        }

        foreach (var range in Ranges(request))
        {
            var problems = new LimitRangeCheck();
            if (request.IsFor("pods"))
            {
                problems.Pod(request.Object!, range);
            }
            else
            {
                problems.Claim(request.Object!, range);
            }

            if (problems.Text is { } text)
            {
                return request.Forbidden(text);
            }
        }

        return null;
    }

    // Containers of a pod do not change, so only a new pod matters.
    private static bool IsMeant(AdmissionRequest request) => request.Operation switch
    {
        AdmissionOperation.Create => request.IsFor("pods") || request.IsFor("persistentvolumeclaims"),
        AdmissionOperation.Update => request.IsFor("persistentvolumeclaims") && !request.OldObject.Object("metadata").Has("deletionTimestamp"),
        _ => false,
    };

    private static IReadOnlyList<JsonObject> Ranges(AdmissionRequest request) =>
        request.Context.Objects.List("", "limitranges", request.Namespace);
}
