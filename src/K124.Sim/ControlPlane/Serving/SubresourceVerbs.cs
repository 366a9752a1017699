namespace K124.Sim.ControlPlane.Serving;

/// <summary>What can be done to the subresources of 1.24.</summary>
internal static class SubresourceVerbs
{
    private static readonly string[] ReadAndWrite = ["get", "patch", "update"];
    private static readonly string[] Creation = ["create"];
    private static readonly string[] Reading = ["get"];
    private static readonly string[] Connection = ["create", "get"];
    private static readonly string[] Proxy = ["create", "delete", "get", "patch", "update"];
    private static readonly string[] Replacement = ["update"];

    public static ReadOnlySpan<string> Of(string subresource) => subresource switch
    {
        "status" or "scale" or "ephemeralcontainers" or "approval" => ReadAndWrite,
        "binding" or "eviction" or "token" => Creation,
        "log" => Reading,
        "exec" or "attach" or "portforward" => Connection,
        "proxy" => Proxy,
        "finalize" => Replacement,
        _ => [],
    };
}
