namespace K124.Sim.Preflight.Rules;

/// <summary>Leader migration that is not what it seems.</summary>
internal sealed record LeaderMigrationRule() : ComponentRule("leader-migration", "Leader migration that is configured and not on", PreflightSeverity.Warning)
{
    private const string Enable = "enable-leader-migration";

    protected override IEnumerable<PreflightFinding> Check(ComponentLine line)
    {
        if (line.Component is not (ComponentLine.ControllerManager or ComponentLine.CloudControllerManager))
        {
            yield break;
        }

        if (line.Find("leader-migration-config") is { } config && line.Find(Enable) is not { Value: "true" })
        {
            yield return Warn(line.Item, config.Path, "the file is not read, without a word: leader migration is off", $"add --{Enable}, or take the file out");
        }

        if (line.Find(Enable) is { Value: "true" } enable && line.Find("leader-elect") is { Value: "false" })
        {
            yield return Warn(line.Item, enable.Path, "without leader election there is no leader migration: controllers may run twice", "turn leader election on");
        }
    }
}
