using System.Collections.Immutable;
using K124.Sim.Api;

namespace K124.Sim.Collecting;

/// <summary>Deletes what is in a namespace.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/namespace/deletion.</remarks>
/// <param name="content">What is in namespaces.</param>
/// <param name="space">The namespace.</param>
/// <param name="age">How long ago its deletion was asked for.</param>
internal sealed class NamespaceDeletion(INamespaceContent content, string space, TimeSpan age)
{
    private const string Pods = "pods";
    private const long FinalizerEstimate = 15;
    private const int NotFound = 404;
    private const int MethodNotAllowed = 405;

    public NamespaceFindings Run()
    {
        var found = new NamespaceFindings { DiscoveryFailure = content.DiscoveryFailure };
        foreach (var resource in content.Resources)
        {
            DeleteAll(resource, found);
        }

        return found;
    }

    private void DeleteAll(NamespacedResource resource, NamespaceFindings found)
    {
        var estimate = resource is { Name: Pods, Group.Length: 0 } ? EstimateOfPods(resource) : 0;
        if (DeleteItems(resource) is { } refusal)
        {
            found.Errors.Add(refusal.Message);
            found.Estimate = Math.Max(found.Estimate, estimate);
            return;
        }

        var left = content.List(resource, space);
        if (left.IsEmpty)
        {
            return;
        }

        found.Remaining[$"{resource.Name}.{resource.Group}"] = left.Length;
        var finalizers = left.SelectMany(static item => item.Finalizers).ToArray();
        foreach (var finalizer in finalizers)
        {
            found.Finalizers[finalizer] = found.Finalizers.GetValueOrDefault(finalizer) + 1;
        }

        if (estimate == 0 && finalizers.Length > 0)
        {
            estimate = FinalizerEstimate;
        }

        found.Estimate = Math.Max(found.Estimate, estimate);
        if (estimate == 0)
        {
            found.Errors.Add(
                $"unexpected items still remain in namespace: {space} for gvr: {resource.Group}/{resource.Version}, Resource={resource.Name}");
        }
    }

    private ApiStatus? DeleteItems(NamespacedResource resource)
    {
        if (resource.CanDeleteAll)
        {
            var refusal = content.DeleteAll(resource, space);
            if (refusal is not { Code: NotFound or MethodNotAllowed })
            {
                return refusal;
            }
        }

        return content.List(resource, space)
            .Select(item => content.Delete(resource, space, item.Name))
            .FirstOrDefault(static refusal => refusal is not (null or { Code: NotFound or MethodNotAllowed }));
    }

    private long EstimateOfPods(NamespacedResource resource)
    {
        var longest = content.List(resource, space).Max(static item => item.GraceSeconds) ?? 0;
        return age >= TimeSpan.FromSeconds(longest) ? 0 : longest;
    }
}
