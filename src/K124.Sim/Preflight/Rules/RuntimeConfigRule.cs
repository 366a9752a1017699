using K124.Sim.Platform;

namespace K124.Sim.Preflight.Rules;

/// <summary>Switches of the API server's versions that 1.24 refuses.</summary>
internal sealed record RuntimeConfigRule() : ComponentRule("runtime-config", "Switches of API versions that 1.24 refuses", PreflightSeverity.Block)
{
    protected override IEnumerable<PreflightFinding> Check(ComponentLine line)
    {
        if (line.Component != ComponentLine.ApiServer || line.Find("runtime-config") is not { } last)
        {
            yield break;
        }

        var config = RuntimeConfig.Parse(line.Flags.Where(flag => flag.Name == last.Name).Select(static flag => flag.Value));
        var faults = config.Validate();
        foreach (var fault in faults.IsEmpty ? config.Merge().Errors : faults)
        {
            yield return Block(line.Item, last.Path, $"kube-apiserver ends: {fault}", "correct the key; versions are group/version, single resources group/version/resource");
        }
    }
}
