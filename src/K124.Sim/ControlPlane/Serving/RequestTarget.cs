namespace K124.Sim.ControlPlane.Serving;

/// <summary>What a path is about, before it is known whether that exists.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/endpoints/request.</remarks>
internal sealed record RequestTarget
{
    private static readonly string[] NamespaceSubresources = ["status", "finalize"];

    /// <summary>Path as it came.</summary>
    public required string Path { get; init; }

    /// <summary>Verb of the API, or the method in lower case if the path names no resource.</summary>
    public required string Verb { get; init; }

    /// <summary>Whether the path names a resource.</summary>
    public bool IsResource { get; init; }

    /// <summary>Group; empty for the core group.</summary>
    public string Group { get; init; } = "";

    /// <summary>Version.</summary>
    public string Version { get; init; } = "";

    /// <summary>Namespace; empty if the path names none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Plural; empty if the path names no resource.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Subresource; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>Name; empty if the path names none.</summary>
    public string Name { get; init; } = "";

    /// <summary>What follows the subresource.</summary>
    public string Rest { get; init; } = "";

    /// <summary>Whether the path has the form <c>/watch/</c> of old.</summary>
    public bool IsOldWatch { get; init; }

    /// <summary>Resource and subresource, as rules of access name them.</summary>
    public string ResourceOfRules => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    public static RequestTarget Of(string method, string path, RequestQuery query)
    {
        var target = new RequestTarget { Path = path, Verb = method.ToLowerInvariant() };
        var parts = path.Trim('/').Split('/');
        int first;
        if (parts[0] == "api" && parts.Length >= 2 && path.StartsWith("/api", StringComparison.Ordinal))
        {
            target = target with { Version = parts[1] };
            first = 2;
        }
        else if (parts[0] == "apis" && parts.Length >= 3 && path.StartsWith("/apis", StringComparison.Ordinal))
        {
            target = target with { Group = parts[1], Version = parts[2] };
            first = 3;
        }
        else
        {
            return target;
        }

        return parts.Length == first ? target : OfResource(target, method, parts[first..], query);
    }

    private static RequestTarget OfResource(RequestTarget target, string method, string[] parts, RequestQuery query)
    {
        var verb = method switch
        {
            "POST" => "create",
            "GET" or "HEAD" => "get",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => "delete",
            _ => "",
        };
        var isOldWatch = parts[0] == "watch" && parts.Length > 1;
        if (isOldWatch)
        {
            parts = parts[1..];
            verb = "watch";
        }

        var ns = "";
        if (parts[0] == "namespaces" && parts.Length > 1)
        {
            ns = parts[1];
            if (parts.Length > 2 && !(parts.Length == 3 && NamespaceSubresources.Contains(parts[2])))
            {
                parts = parts[2..];
            }
            else
            {
                // The namespace itself is what the path is about.
                ns = "";
            }
        }

        var name = parts.Length > 1 ? parts[1] : "";
        if (name.Length == 0 && verb == "get")
        {
            verb = query.Flag("watch") ? "watch" : "list";
        }
        else if (name.Length == 0 && verb == "delete")
        {
            verb = "deletecollection";
        }
        else if (verb == "get" && parts.Length == 2 && query.Flag("watch"))
        {
            verb = "watch";
        }

        return target with
        {
            IsResource = true,
            Verb = verb,
            Namespace = ns,
            Resource = parts[0],
            Name = name,
            Subresource = parts.Length > 2 ? parts[2] : "",
            Rest = parts.Length > 3 ? string.Join('/', parts[3..]) : "",
            IsOldWatch = isOldWatch,
        };
    }
}
