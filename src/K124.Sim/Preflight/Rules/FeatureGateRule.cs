using K124.Sim.Platform;

namespace K124.Sim.Preflight.Rules;

/// <summary>Feature gates on command lines and in kubelets' files that 1.24 refuses, or that tell of what is to come.</summary>
internal sealed record FeatureGateRule() : ComponentRule("feature-gates", "Feature gates that 1.24 refuses or will drop", PreflightSeverity.Block)
{
    protected override IEnumerable<PreflightFinding> Check(ComponentLine line)
    {
        if (line.Component is ComponentLine.Etcd)
        {
            yield break;
        }

        foreach (var flag in line.Flags.Where(static flag => flag.Name == "feature-gates"))
        {
            var change = FeatureGates.Default.Set(flag.Value);
            if (change.Error is { } error)
            {
                yield return Block(line.Item, flag.Path, $"{line.Component} ends: {error}", "take the gate out of the flag");
            }

            foreach (var warning in change.Warnings)
            {
                yield return Warn(line.Item, flag.Path, $"{line.Component} logs: {warning}", "take the gate out before the release that drops it");
            }

            foreach (var (name, isEnabled) in (change.Gates ?? FeatureGates.Default).Settings)
            {
                if (isEnabled && FeatureGate.Find(name) is { Stage: FeatureStage.Alpha } && name != "AllAlpha")
                {
                    yield return Tell(line.Item, flag.Path, $"{name} is alpha in 1.24 and on: it may change without notice", "know what hangs on it");
                }
            }
        }
    }
}
