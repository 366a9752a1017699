using K124.Sim.Networking.LoadBalancers;

namespace K124.Sim.Preflight.Rules;

/// <summary>Services whose load balancer 1.24 treats otherwise than before.</summary>
internal sealed record LoadBalancerRule() : ItemRule("load-balancers", "Services with fields of load balancers that change", PreflightSeverity.Block)
{
    private const string TolerateUnready = "service.alpha.kubernetes.io/tolerate-unready-endpoints";

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        if (!item.Is("", "Service"))
        {
            yield break;
        }

        var spec = item.Root["spec"];
        var isBalanced = spec["type"].Text == LoadBalancerOwner.ServiceType;
        if (spec["loadBalancerIP"] is { Text.Length: > 0 } address)
        {
            yield return Tell(item, address.Path, "loadBalancerIP still works where the cloud supports it, and is deprecated since 1.24", "use what your load balancer offers instead, mostly an annotation");
        }

        if (spec["loadBalancerClass"] is { Text.Length: > 0 } name)
        {
            yield return isBalanced
                ? Tell(item, name.Path, $"the cloud's own controller leaves the Service to whoever serves the class {name.Text}", "see that somebody does")
                : Block(item, name.Path, "a class is allowed for Services of type LoadBalancer alone: the Service is refused", "take the class out");
        }

        if (item.Root["metadata"]["annotations"][TolerateUnready] is { Exists: true } annotation)
        {
            yield return Warn(item, annotation.Path, "the annotation is not read any more: pods that are not ready get no traffic", "set spec.publishNotReadyAddresses");
        }
    }
}
