namespace K124.Sim.Kinds;

/// <summary>Keys under which objects are stored, as some messages show them.</summary>
internal static class StorageKeys
{
    /// <summary>The key of an object.</summary>
    /// <param name="request">A request for it.</param>
    /// <param name="isFull">Whether the key has the prefix of the store.</param>
    /// <returns>The key.</returns>
    public static string Of(WriteRequest request, bool isFull)
    {
        var resource = request.Resource;
        var word = (resource.Group, resource.Plural) switch
        {
            ("", "services") => "services/specs",
            ("", "endpoints") => "services/endpoints",
            ("", "nodes") => "minions",
            ("", "replicationcontrollers") => "controllers",
            ("networking.k8s.io", "ingresses") => "ingress",
            ("policy", "podsecuritypolicies") => "podsecuritypolicy",
            ("apiextensions.k8s.io" or "apiregistration.k8s.io", var plural) => $"{resource.Group}/{plural}",
            (_, var plural) => plural,
        };
        return string.Concat(
            isFull ? "/registry/" : "/", word, request.Namespace.Length > 0 ? "/" + request.Namespace : "", "/", request.Name);
    }
}
