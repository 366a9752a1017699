using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>Replicas of a pod, or of a StatefulSet's, one after the other.</summary>
internal sealed class Replicas
{
    private readonly PodNames _names;
    private readonly Pod _template;
    private readonly StatefulSet? _set;
    private int _ordinal;

    /// <summary>Replicas of a pod; each has its own ephemeral volumes, and all share its other claims.</summary>
    public Replicas(Cluster cluster, Pod template)
        : this(cluster, template, null)
    {
    }

    /// <summary>Replicas of a StatefulSet; each has its own claims.</summary>
    public Replicas(Cluster cluster, Pod template, StatefulSet? set)
    {
        _names = new(cluster);
        _template = template;
        _set = set;
        Claims = new(cluster);
    }

    public PlannedClaims Claims { get; }

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

    private Pod Named(string name) => _template with { Metadata = _template.Metadata with { Name = name } };
}
