using System.Text;
using K124.Sim.Kinds;
using K124.Sim.Model;
using K124.Sim.Model.Json;
using K124.Sim.Workloads;

namespace K124.Sim.Planning.Internal;

/// <summary>The pods and ReplicaSets that controllers make of templates.</summary>
internal static class TemplatePods
{
    private const string TemplateHashLabel = "pod-template-hash";

    // The letters and digits of Kubernetes' generated names: none that could spell a word.
    private const string HashAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>A pod of a template.</summary>
    public static Pod Of(PodTemplateSpec template, IApiObject owner, string name) => new()
    {
        Metadata = new()
        {
            Name = name,
            Namespace = owner.Metadata.Namespace,
            Labels = template.Metadata.Labels,
            Annotations = template.Metadata.Annotations,
            OwnerReferences = [ControllerReferenceTo(owner)],
        },
        Spec = template.Spec,
    };

    /// <summary>The pod of a Job.</summary>
    public static Pod OfJob(JobSpec spec, IApiObject owner, string name)
    {
        var pod = Of(spec.Template, owner, name);
        return pod with { Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.With("job-name", owner.Metadata.Name) } };
    }

    /// <summary>The ReplicaSet of a Deployment's present template: the one that is there, or the one that is to be made.</summary>
    /// <param name="deployment">The Deployment.</param>
    /// <param name="owners">Who controls whom.</param>
    public static ReplicaSet SetOf(Deployment deployment, Owners owners)
    {
        if (owners.SetsOf(deployment).FirstOrDefault(set => IsSameTemplate(set.Spec.Template, deployment.Spec.Template)) is { } present)
        {
            return present;
        }

        // Of a ReplicaSet that was not read, the pods tell the name; its template is taken to be this one.
        var hash = owners.PodsOf(deployment).Where(Owners.IsActive).Select(pod => owners.ControllerOf(pod) is null ? pod.Metadata.Labels.GetValueOrDefault(TemplateHashLabel) : null)
            .FirstOrDefault(static text => text is not null) ?? HashOf(deployment.Spec.Template);
        var template = deployment.Spec.Template with
        {
            Metadata = deployment.Spec.Template.Metadata with { Labels = deployment.Spec.Template.Metadata.Labels.With(TemplateHashLabel, hash) },
        };
        var selector = deployment.Spec.Selector ?? new();
        return new()
        {
            Metadata = new()
            {
                Name = $"{deployment.Metadata.Name}-{hash}",
                Namespace = deployment.Metadata.Namespace,
                Labels = template.Metadata.Labels,
                OwnerReferences = [ControllerReferenceTo(deployment)],
            },
            Spec = new()
            {
                Replicas = deployment.Spec.Replicas,
                Selector = selector with { MatchLabels = selector.MatchLabels.With(TemplateHashLabel, hash) },
                Template = template,
            },
        };
    }

    private static OwnerReference ControllerReferenceTo(IApiObject owner) =>
        new() { ApiVersion = owner.ApiVersion, Kind = owner.Kind, Name = owner.Metadata.Name, Uid = owner.Metadata.Uid, Controller = true };

    private static bool IsSameTemplate(PodTemplateSpec left, PodTemplateSpec right)
    {
        var defaults = new ObjectDefaults(ModelJsonOptions.Shared);
        return Plain(left).Equals(Plain(right));

        PodTemplateSpec Plain(PodTemplateSpec template) => DeploymentRevisions.WithoutHash(template) with { Spec = defaults.Apply(template.Spec) };
    }

    private static string HashOf(PodTemplateSpec template)
    {
        var hash = 2166136261u;
        foreach (var unit in Encoding.UTF8.GetBytes(KubernetesJson.Serialize(new Pod { Metadata = template.Metadata, Spec = template.Spec })))
        {
            hash = (hash ^ unit) * 16777619u;
        }

        var text = new StringBuilder();
        for (; hash > 0; hash /= (uint)HashAlphabet.Length)
        {
            text.Append(HashAlphabet[(int)(hash % (uint)HashAlphabet.Length)]);
        }

        return text.ToString();
    }
}
