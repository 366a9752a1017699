namespace K124.Sim.Preflight.Rules;

/// <summary>Pods that lean on Docker Engine of their node: its socket, its state, its address.</summary>
internal sealed record DockerSocketRule() : PodSpecRule("docker-socket", "Pods that lean on Docker Engine of their node", PreflightSeverity.Warning)
{
    private const string Remedy = "talk to the runtime through its own socket, or build without the node's runtime; as long as the node runs Docker Engine, nothing changes";

    private static readonly (string Path, string What)[] Watched =
    [
        ("/var/run/docker.sock", "the socket of Docker Engine"),
        ("/run/docker.sock", "the socket of Docker Engine"),
        ("/var/run/dockershim.sock", "the socket of dockershim, which no kubelet of 1.24 opens"),
        ("/var/lib/docker", "the state of Docker Engine"),
        ("/etc/docker", "the configuration of Docker Engine"),
    ];

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, TreeField spec, PreflightContext context)
    {
        foreach (var volume in spec["volumes"].Items())
        {
            var field = volume["hostPath"]["path"];
            if (field.Text.Length > 0 && Reason(HostPaths.Clean(field.Text)) is { } reason)
            {
                yield return Warn(item, field.Path, $"the volume {reason}: it is not there on a node without Docker Engine", Remedy);
            }
        }

        foreach (var variable in PodSpecs.Containers(spec).SelectMany(static container => container["env"].Items()))
        {
            if (variable["name"].Text == "DOCKER_HOST" && variable["value"].Text.Contains("docker.sock", StringComparison.Ordinal))
            {
                yield return Warn(item, variable["value"].Path, "the container asks the socket of Docker Engine: it is not there on a node without Docker Engine", Remedy);
            }
        }
    }

    private static string? Reason(string path)
    {
        foreach (var (watched, what) in Watched)
        {
            if (path == watched || HostPaths.IsBelow(path, watched))
            {
                return $"is {what}";
            }
        }

        foreach (var (watched, what) in Watched)
        {
            if (HostPaths.IsBelow(watched, path))
            {
                return $"holds {watched}, {what}";
            }
        }

        return null;
    }
}
