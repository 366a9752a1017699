using K124.Sim.Nodes.Readiness;

namespace K124.Sim.Preflight.Rules;

/// <summary>An etcd that tells of its progress too rarely, or not at all.</summary>
internal sealed record WatchProgressRule() : ComponentRule("watch-resumption", "etcd that keeps watches from being resumed", PreflightSeverity.Warning)
{
    private const string Flag = "experimental-watch-progress-notify-interval";
    private const string Least = "3.4.11";

    protected override IEnumerable<PreflightFinding> Check(ComponentLine line)
    {
        if (line.Component != ComponentLine.Etcd)
        {
            yield break;
        }

        var tag = line.Image.Text[(line.Image.Text.LastIndexOf(':') + 1)..];
        if (RuntimeVersion.TryParse(tag.Split('-')[0], out var version, out _) && RuntimeVersion.TryParse(Least, out var least, out _) && !version.IsAtLeast(least))
        {
            yield return Warn(line.Item, line.Image.Path, $"the API server asks etcd for progress notifications, which {tag} does not send well", $"upgrade etcd to {Least} or later");
        }
        else if (line.Find(Flag) is null)
        {
            yield return Tell(line.Item, "", "etcd tells of its progress every 10 minutes: watches of quiet kinds are resumed no better than before", $"set --{Flag}=5s");
        }
    }
}
