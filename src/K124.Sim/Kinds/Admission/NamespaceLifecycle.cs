using K124.Sim.Api;

namespace K124.Sim.Kinds.Admission;

/// <summary>Keeps objects out of namespaces that are not there or on their way out, and the system's namespaces alive.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/admission/plugin/namespace/lifecycle.</remarks>
internal sealed class NamespaceLifecycle : AdmissionPlugin
{
    /// <inheritdoc/>
    public override string Name => "NamespaceLifecycle";

    /// <inheritdoc/>
    public override ApiStatus? Mutate(AdmissionRequest request)
    {
        if (request.Resource.Group.Length == 0 && request.Resource.Plural == "namespaces")
        {
            var isKept = request.Operation == AdmissionOperation.Delete && request.Name is "default" or "kube-system" or "kube-public";
            return isKept && request.Operation == AdmissionOperation.Delete ? request.Forbidden("this namespace may not be deleted") : null;
        }

        if (request.Namespace.Length == 0 || request.Operation == AdmissionOperation.Delete || IsReview(request.Resource))
        {
            return null;
        }

        var ns = request.Context.Objects.Get("", "namespaces", "", request.Namespace);
        if (ns is null)
        {
            return StatusErrors.NotFound("", "namespaces", request.Namespace);
        }

        return request.Operation == AdmissionOperation.Create && ns.Object("status").Text("phase") == "Terminating"
            ? request.Forbidden(
                $"unable to create new content in namespace {request.Namespace} because it is being terminated",
                new ApiStatusCause("NamespaceTerminating", $"namespace {request.Namespace} is being terminated", "metadata.namespace"))
            : null;
    }

    private static bool IsReview(ResourceType resource) =>
        resource.Group == "authorization.k8s.io" && resource.Plural == "localsubjectaccessreviews";
}
