namespace K124.Sim.Preflight.Rules;

/// <summary>Flags of the control plane that 1.24 does not know any more.</summary>
internal sealed record ComponentFlagRule() : ComponentRule("control-plane-flags", "Flags of the control plane that 1.24 removed", PreflightSeverity.Block)
{
    protected override IEnumerable<PreflightFinding> Check(ComponentLine line)
    {
        foreach (var flag in line.Flags)
        {
            if (IsRemoved(line.Component, flag.Name))
            {
                yield return Block(line.Item, flag.Path, $"{line.Component} ends: unknown flag: --{flag.Name}", "take the flag out; only the secure port is left");
            }
            else if (flag is { Name: "leader-elect-resource-lock", Value: "endpoints" or "configmaps" })
            {
                yield return Block(
                    line.Item,
                    flag.Path,
                    $"{line.Component} ends: {flag.Value} lock is removed, migrate to {flag.Value}leases",
                    $"use {flag.Value}leases until every replica runs with it, then leases");
            }
        }
    }

    private static bool IsRemoved(string component, string flag) => component switch
    {
        ComponentLine.ApiServer => flag is "insecure-port" or "insecure-bind-address" or "port" or "address",
        ComponentLine.ControllerManager => flag is "port" or "address",
        _ => false,
    };
}
