using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Run;

/// <summary>What the server made of the first pod of a template: the next ones differ in name, uid and time alone.</summary>
/// <remarks>Holds as long as nothing changes that admission looks at; <see cref="Forget"/> is called when it does.</remarks>
internal sealed class AdmittedPods
{
    public const string IndexAnnotation = "batch.kubernetes.io/job-completion-index";

    private const int MostTemplates = 1024;
    private readonly Dictionary<Template, Pod> _pods = [];

    public AdmittedPods()
    {
    }

    private AdmittedPods(AdmittedPods other) => _pods = new(other._pods);

    public AdmittedPods Fork() => new(this);

    /// <summary>Whether admission of pods looks at objects of a kind.</summary>
    public static bool DependsOn(ApiKind kind) =>
        kind.Type == typeof(Namespace) || kind.Type == typeof(LimitRange) || kind.Type == typeof(ResourceQuota)
        || kind.Type == typeof(PriorityClass) || kind.Type == typeof(RuntimeClass) || kind.Type == typeof(ServiceAccount);

    public void Forget() => _pods.Clear();

    /// <summary>The pod that was made of the same template before; null if there is none.</summary>
    public Pod? Find(Pod sent) => Template.Of(sent) is { } template ? _pods.GetValueOrDefault(template) : null;

    public void Keep(Pod sent, Pod stored)
    {
        if (Template.Of(sent) is { } template)
        {
            if (_pods.Count == MostTemplates)
            {
                _pods.Clear();
            }

            _pods[template] = stored;
        }
    }

    /// <summary>What two pods must have in common to be treated alike. Specifications are compared by identity: pods of one template share
    /// them, but for the host name of an Indexed Job's pods, which have their index in an annotation, too.</summary>
    private readonly struct Template(Pod pod) : IEquatable<Template>
    {
        private readonly Pod _pod = pod;

        /// <summary>Null for a pod whose name is given, or that carries more than a template gives.</summary>
        public static Template? Of(Pod pod) => pod.Metadata is { Name.Length: 0, GenerateName.Length: > 0, ManagedFields: null } ? new(pod) : null;

        public bool Equals(Template other)
        {
            var (own, others) = (_pod.Metadata, other._pod.Metadata);
            return own.Namespace == others.Namespace && own.Finalizers.AsSpan().SequenceEqual(others.Finalizers.AsSpan()) && own.Labels.Equals(others.Labels)
                && (ReferenceEquals(_pod.Spec, other._pod.Spec)
                    ? own.GenerateName == others.GenerateName && own.Annotations.Equals(others.Annotations)
                    : AreOfOneJob(_pod, other._pod));
        }

        public override bool Equals(object? obj) => obj is Template other && Equals(other);

        public override int GetHashCode() =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(_pod.Spec.Containers.FirstOrDefault()), _pod.Metadata.Namespace);

        private static bool AreOfOneJob(Pod a, Pod b) =>
            a.Metadata.Annotations.ContainsKey(IndexAnnotation) && b.Metadata.Annotations.ContainsKey(IndexAnnotation)
            && a.Metadata.OwnerReferences.AsSpan().SequenceEqual(b.Metadata.OwnerReferences.AsSpan())
            && a.Metadata.Annotations.Without(IndexAnnotation).Equals(b.Metadata.Annotations.Without(IndexAnnotation))
            && a.Spec.Containers == b.Spec.Containers
            && (a.Spec with { Hostname = "" }).Equals(b.Spec with { Hostname = "" });
    }
}
