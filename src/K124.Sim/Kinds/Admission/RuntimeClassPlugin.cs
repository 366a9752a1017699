using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.Kinds.Admission;

/// <summary>Puts what a runtime class costs and where it runs into its pods.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/admission/runtimeclass.</remarks>
internal sealed class RuntimeClassPlugin : AdmissionPlugin
{
    private const string Mismatch = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

    private static readonly SchemaShape Amounts = new(SchemaKind.Map, element: new(SchemaKind.Quantity));

    /// <inheritdoc/>
    public override string Name => "RuntimeClass";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (!IsNewPod(request))
        {
            return null;
        }

        var spec = request.Object!.Ensure("spec");
        if (Find(request, spec, out var found) is { } refusal)
        {
            return refusal;
        }

        if (found.Object("overhead") is { } overhead)
        {
            if (spec.Has("overhead") && !SchemaEquality.Equals(Amounts, spec["overhead"], overhead["podFixed"]))
            {
                return request.Forbidden(Mismatch);
            }

            if (overhead["podFixed"] is { } amounts)
            {
                spec["overhead"] = amounts.DeepClone();
            }
        }

        return found.Object("scheduling") is { } scheduling ? Schedule(request, spec, scheduling) : null;
    }

    /// <inheritdoc/>
    public override ApiStatus? Validate(AdmissionRequest request)
    {
        if (!IsNewPod(request))
        {
            return null;
        }

        var spec = request.Object!.Ensure("spec");
        if (Find(request, spec, out var found) is { } refusal)
        {
            return refusal;
        }

        if (found.Object("overhead") is { } overhead)
        {
            return SchemaEquality.Equals(Amounts, spec["overhead"], overhead["podFixed"]) ? null : request.Forbidden(Mismatch);
        }

        return spec.Has("overhead")
            ? request.Forbidden("pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
            : null;
    }

    private static bool IsNewPod(AdmissionRequest request) => request.Operation == AdmissionOperation.Create && request.IsFor("pods");

    private static ApiStatus? Find(AdmissionRequest request, JsonObject spec, out JsonObject? found)
    {
        found = null;
        if (spec.TextOrNull("runtimeClassName") is not { } name)
        {
            return null;
        }

        found = request.Context.Objects.Get("node.k8s.io", "runtimeclasses", "", name);
        return found is null ? request.Forbidden($"pod rejected: RuntimeClass \"{name}\" not found") : null;
    }

    private static ApiStatus? Schedule(AdmissionRequest request, JsonObject spec, JsonObject scheduling)
    {
        if (scheduling.Object("nodeSelector") is { Count: > 0 } wanted)
        {
            var selector = spec.Ensure("nodeSelector");
            foreach (var (key, value) in wanted)
            {
                var text = JsonTree.AsText(value) ?? "";
                if (selector.TextOrNull(key) is { } given && given != text)
                {
                    return request.Forbidden($"conflict: runtimeClass.scheduling.nodeSelector[{key}] = {text}; pod.spec.nodeSelector[{key}] = {given}");
                }

                selector[key] = text;
            }
        }

        if (scheduling.Count("tolerations") > 0)
        {
            TolerationMerge.Add(spec, scheduling.Objects("tolerations"));
        }

        return null;
    }
}
