using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;

namespace K124.Sim.Kinds;

/// <summary>Fills in what a server would have filled in had it stored the object. An object that a server did store needs nothing.</summary>
/// <param name="options">How records are made of JSON.</param>
internal sealed class ObjectDefaults(JsonSerializerOptions options)
{
    private const string NamespaceName = "kubernetes.io/metadata.name";
    private const int MostSpecs = 4096;

    // Pods of one template are alike but for their nodes.
    private readonly Dictionary<string, PodSpec> _specs = new(StringComparer.Ordinal);

    /// <summary>The object with its defaults.</summary>
    public IApiObject Apply(IApiObject item) => item switch
    {
        Pod pod => Apply(pod),
        Namespace space => Apply(space),
        _ => IsComplete(item) ? item : Fill(item),
    };

    /// <summary>The spec of a pod with its defaults.</summary>
    public PodSpec Apply(PodSpec spec)
    {
        if (IsComplete(spec))
        {
            return spec;
        }

        var free = new Pod { Spec = spec with { NodeName = "" } };
        var key = Encoding.UTF8.GetString(KubernetesJson.SerializeToUtf8Bytes(free));
        if (!_specs.TryGetValue(key, out var filled))
        {
            filled = ((Pod)Fill(free)).Spec;
            if (_specs.Count < MostSpecs)
            {
                _specs.Add(key, filled);
            }
        }

        return filled with { NodeName = spec.NodeName };
    }

    /// <summary>A Namespace has its name as a label whatever was written, and is active unless it says otherwise.</summary>
    public static Namespace Apply(Namespace space)
    {
        var metadata = space.Metadata;
        var isLabelled = metadata.Labels.TryGetValue(NamespaceName, out var name) && name == metadata.Name;
        if (isLabelled && space.Status.Phase.Length > 0)
        {
            return space;
        }

        return space with
        {
            Metadata = metadata with { Labels = metadata.Labels.With(NamespaceName, metadata.Name) },
            Status = space.Status.Phase.Length > 0 ? space.Status : space.Status with { Phase = "Active" },
        };
    }

    private Pod Apply(Pod pod)
    {
        var spec = Apply(pod.Spec);
        return ReferenceEquals(spec, pod.Spec) ? pod : pod with { Spec = spec };
    }

    private static bool IsComplete(PodSpec spec) => spec.SchedulerName.Length > 0 && spec.RestartPolicy.Length > 0 && spec.DnsPolicy.Length > 0
        && spec.TerminationGracePeriodSeconds is not null && spec.SecurityContext is not null;

    private static bool IsComplete(IApiObject item) => TemplateOf(item) is { } template
        ? IsComplete(template.Spec)
        : item.Metadata is { Uid.Length: > 0, CreationTimestamp: not null };

    /// <summary>The template of an object that makes pods; null if it makes none.</summary>
    public static PodTemplateSpec? TemplateOf(IApiObject item) => item switch
    {
        Deployment deployment => deployment.Spec.Template,
        ReplicaSet set => set.Spec.Template,
        ReplicationController controller => controller.Spec.Template,
        StatefulSet set => set.Spec.Template,
        DaemonSet set => set.Spec.Template,
        Job job => job.Spec.Template,
        CronJob job => job.Spec.JobTemplate.Spec.Template,
        _ => null,
    };

    private IApiObject Fill(IApiObject item)
    {
        if (!ResourceTypes.Instance.TryGetKind(item.ApiVersion, item.Kind, out var resource) || resource.Schema is not { } schema)
        {
            return item;
        }

        var tree = ObjectDecoder.Decode(schema, JsonNode.Parse(KubernetesJson.SerializeToUtf8Bytes(item)), out _);
        tree["kind"] = item.Kind;
        tree["apiVersion"] = item.ApiVersion;
        KindStrategies.For(resource).Default(tree, resource.Version);
        return KubernetesJson.Deserialize(Encoding.UTF8.GetBytes(tree.ToJsonString()), item.GetType(), options);
    }
}
