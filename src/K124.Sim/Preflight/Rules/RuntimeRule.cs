using K124.Sim.Nodes.Readiness;

namespace K124.Sim.Preflight.Rules;

/// <summary>Nodes whose container runtime does not go with a kubelet of 1.24: dockershim, and runtimes and network plugins that are too old.</summary>
internal sealed record RuntimeRule() : ItemRule("container-runtime", "Nodes whose container runtime is not fit for a kubelet of 1.24", PreflightSeverity.Block)
{
    private const string Field = "status.nodeInfo.containerRuntimeVersion";

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        if (item.Kind != "Node")
        {
            yield break;
        }

        foreach (var verdict in NodeFacts.Readiness(item))
        {
            var severity = verdict.Severity switch
            {
                ReadinessSeverity.Block => PreflightSeverity.Block,
                ReadinessSeverity.Warn => PreflightSeverity.Warning,
                _ => PreflightSeverity.Info,
            };
            var (behavior, remedy) = Parted(verdict.Message);
            yield return Finding(item, Field, severity, behavior, remedy);
        }
    }

    /// <summary>What happens stands before the last colon, what to do after it.</summary>
    private static (string Behavior, string Remedy) Parted(string message)
    {
        var colon = message.LastIndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? (message, "nothing; know it") : (message[..colon], message[(colon + 2)..]);
    }
}
