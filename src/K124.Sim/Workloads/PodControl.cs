using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Workloads;

/// <summary>Makes and deletes pods for a parent, with the parent's events.</summary>
/// <param name="source">Name under which the events are sent.</param>
/// <param name="api">Connection to the API server.</param>
internal sealed class PodControl(string source, IApiClient api)
{
    /// <summary>The pod that a template makes for a parent.</summary>
    public static Pod PodOf(PodTemplateSpec template, IApiObject parent) => new()
    {
        Metadata = new()
        {
            GenerateName = NamePrefix(parent.Metadata.Name),
            Labels = template.Metadata.Labels,
            Annotations = template.Metadata.Annotations,
            Finalizers = template.Metadata.Finalizers,
            OwnerReferences = [ControllerReference.To(parent)],
        },
        Spec = template.Spec,
    };

    public ApiStatus? Create(PodTemplateSpec template, IApiObject parent)
    {
        if (template.Metadata.Labels.Count == 0)
        {
            return new() { Code = 0, Message = "unable to create pods, no labels" };
        }

        var result = api.Write(new()
        {
            Verb = ApiVerb.Create,
            Kind = ApiKind.Of<Pod>(),
            Key = new(parent.Metadata.Namespace, ""),
            Object = PodOf(template, parent),
        });
        if (!result.Succeeded)
        {
            if (!result.Status.IsNamespaceTerminating())
            {
                api.Record(ApiEvent.Warning(parent, "FailedCreate", $"Error creating: {result.Status.Message}", source));
            }

            return result.Status;
        }

        api.Record(ApiEvent.Normal(parent, "SuccessfulCreate", $"Created pod: {result.Value.Metadata.Name}", source));
        return null;
    }

    public ApiStatus? Delete(ObjectKey pod, IApiObject parent)
    {
        var result = api.Delete<Pod>(pod);
        if (result.Succeeded)
        {
            api.Record(ApiEvent.Normal(parent, "SuccessfulDelete", $"Deleted pod: {pod.Name}", source));
            return null;
        }

        if (result.Status.IsNotFound())
        {
            return result.Status;
        }

        api.Record(ApiEvent.Warning(parent, "FailedDelete", $"Error deleting: {result.Status.Message}", source));
        return result.Status with { Message = $"unable to delete pods: {result.Status.Message}" };
    }

    // The server puts letters behind the dash, so the check takes dash and letter before it for one letter.
    private static string NamePrefix(string parent) => NameRules.Subdomain(parent[..^1] + "a").Length > 0 ? parent : parent + "-";
}
