using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>Replicas of a pod, or of what makes pods, one after the other.</summary>
internal sealed class Replicas
{
    private readonly PodNames _names;
    private readonly Pod _template;
    private readonly StatefulSet? _set;
    private int _ordinal;

    private Replicas(PodNames names, PlannedClaims claims, Pod template, StatefulSet? set, int perSet)
    {
        _names = names;
        Claims = claims;
        _template = template;
        _set = set;
        PerSet = perSet;
    }

    /// <summary>The claims that are made.</summary>
    public PlannedClaims Claims { get; }

    /// <summary>The pod that all are alike to.</summary>
    public Pod Template => _template;

    /// <summary>How many belong to one set, if several things are replicated together.</summary>
    public int PerSet { get; }

    /// <summary>Replicas of a pod, or of the pods that an object makes. Each replica of a pod has its own ephemeral volumes, and all share
    /// its other claims; those of a StatefulSet have their own.</summary>
    /// <param name="item">What to replicate, with its namespace.</param>
    /// <param name="owners">Who controls whom.</param>
    /// <param name="admission">What the API server does to pods.</param>
    /// <param name="names">Names that are taken.</param>
    /// <param name="claims">Claims that are made.</param>
    /// <exception cref="ArgumentException">The object makes no pods, or they would be refused.</exception>
    public static Replicas Of(IApiObject item, Owners owners, PodAdmission admission, PodNames names, PlannedClaims claims)
    {
        var (pod, count) = item switch
        {
            Pod own => (own, 1),
            Deployment deployment => (OfSet(TemplatePods.SetOf(deployment, owners)), deployment.Spec.Replicas),
            ReplicaSet set => (OfSet(set), set.Spec.Replicas),
            ReplicationController controller => (TemplatePods.Of(controller.Spec.Template ?? new(), controller, controller.Metadata.Name), controller.Spec.Replicas),
            StatefulSet set => (TemplatePods.Of(set.Spec.Template, set, set.Metadata.Name), set.Spec.Replicas),
            Job job => (TemplatePods.OfJob(job.Spec, job, job.Metadata.Name), job.Spec.Parallelism),
            CronJob job => (TemplatePods.OfJob(job.Spec.JobTemplate.Spec, job, job.Metadata.Name), job.Spec.JobTemplate.Spec.Parallelism),
            _ => throw new ArgumentException($"{item.Kind} {ObjectKey.Of(item)} makes no pods that could be replicated."),
        };
        return new(names, claims, admission.Admit(pod, $"{item.Kind} {ObjectKey.Of(item)}"), item as StatefulSet, count ?? 1);
    }

    /// <summary>The next replica, and the claims that are made for it.</summary>
    public (Pod Pod, IEnumerable<IApiObject> Claims) Next()
    {
        if (_set is null)
        {
            var pod = Named(_names.Next(_template.Metadata.Namespace, _template.Metadata.Name));
            return (pod, Claims.Of(pod));
        }

        string name;
        do
        {
            name = $"{_set.Metadata.Name}-{_ordinal++}";
        }
        while (!_names.TryTake(new(_set.Metadata.Namespace, name)));

        var member = Named(name) with { Spec = PlannedClaims.WithClaims(_set, _template.Spec, name) };
        return (member, Claims.Of(_set, name).Concat(Claims.Of(member)));
    }

    private static Pod OfSet(ReplicaSet set) => TemplatePods.Of(set.Spec.Template, set, set.Metadata.Name);

    private Pod Named(string name) => _template with { Metadata = _template.Metadata with { Name = name } };
}
