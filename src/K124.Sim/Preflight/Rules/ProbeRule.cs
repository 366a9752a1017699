namespace K124.Sim.Preflight.Rules;

/// <summary>Probes that depend on the version of the kubelet, or lose a field.</summary>
internal sealed record ProbeRule() : PodSpecRule("probes", "gRPC probes and grace periods of probes", PreflightSeverity.Warning)
{
    private const int WithGrpc = 24;

    private static readonly string[] Names = ["startupProbe", "readinessProbe", "livenessProbe"];

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, TreeField spec, PreflightContext context)
    {
        var oldest = context.OfKind("Node").Select(static node => NodeFacts.MinorOf(NodeFacts.KubeletVersion(node).Text)).Min();
        foreach (var probe in PodSpecs.Containers(spec).SelectMany(static container => Names.Select(name => container[name])))
        {
            if (probe["grpc"] is { Exists: true } grpc && oldest < WithGrpc)
            {
                yield return Warn(
                    item,
                    grpc.Path,
                    $"the API server of 1.24 keeps gRPC probes; a kubelet of 1.{oldest} fails them with \"missing probe handler\", unless its gate GRPCContainerProbe is on",
                    "use them once all kubelets are of 1.24");
            }

            if (probe["terminationGracePeriodSeconds"] is { Exists: true } grace)
            {
                yield return Warn(
                    item, grace.Path, "ProbeTerminationGracePeriod is off in 1.24: the field is dropped when the pod is made", "set the gate on the API server, or the pod's own grace period");
            }
        }
    }
}
