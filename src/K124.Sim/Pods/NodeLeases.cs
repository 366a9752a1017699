using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>Leases of nodes as data: one that is renewed needs no write; one that is renewed no more says so.</summary>
/// <remarks>5,000 kubelets would write 500 times a second what nobody reads. So a node lives unless its lease is abandoned.</remarks>
internal static class NodeLeases
{
    public const string Namespace = "kube-node-lease";

    private const string AbandonedAnnotation = "k124.sim/abandoned";
    private const int DurationSeconds = 40;

    private static readonly long RenewalTicks = 10 * TimeSpan.TicksPerSecond;

    public static bool IsAbandoned(Lease? lease) => lease?.Metadata.Annotations.ContainsKey(AbandonedAnnotation) == true;

    /// <summary>The lease as the kubelet left it when it fell silent: renewed last at its last full ten seconds.</summary>
    public static Lease Abandoned(string node, Lease? present, DateTimeOffset now)
    {
        var lease = Renewed(node, present, now.AddTicks(-(now.UtcTicks % RenewalTicks)));
        return lease with { Metadata = lease.Metadata with { Annotations = lease.Metadata.Annotations.With(AbandonedAnnotation, "true") } };
    }

    /// <summary>The lease of a kubelet that works, renewed at a time.</summary>
    public static Lease Renewed(string node, Lease? present, DateTimeOffset time)
    {
        var lease = present ?? new() { Metadata = new() { Name = node, Namespace = Namespace } };
        return lease with
        {
            Metadata = lease.Metadata with { Annotations = lease.Metadata.Annotations.Without(AbandonedAnnotation) },
            Spec = lease.Spec with { HolderIdentity = node, LeaseDurationSeconds = DurationSeconds, RenewTime = time },
        };
    }
}
