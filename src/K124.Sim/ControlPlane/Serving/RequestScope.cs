using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>One request while it is handled: what it asks for, of what, and who asks.</summary>
internal sealed record RequestScope
{
    public required ApiRequest Request { get; init; }

    public required RequestQuery Query { get; init; }

    public required RequestTarget Target { get; init; }

    public required UserInfo User { get; init; }

    public required ServedResource Resource { get; init; }

    /// <summary>Whether lists and watches of the resource come from a cache.</summary>
    public bool HasCache { get; init; } = true;

    /// <summary>How the answer is written.</summary>
    public OutputForm Output { get; init; } = OutputForm.Json;

    /// <summary>The surroundings of a write; warnings gather there.</summary>
    public required KindContext Context { get; init; }

    /// <summary>Name that the body gave, before the server made one.</summary>
    public string SentName { get; set; } = "";

    /// <summary>The body of a request with a custom resource as it came; null if it was not JSON.</summary>
    public string? SentText => Resource.IsCustom && Request.Body.Length > 0 && Request.Body.Span[0] == (byte)'{'
        ? System.Text.Encoding.UTF8.GetString(Request.Body.Span)
        : null;

    /// <summary>Whether nothing is to be stored.</summary>
    public bool IsDryRun => Context.IsDryRun;

    /// <summary>Name that changes of fields are written down under.</summary>
    public string FieldManager
    {
        get
        {
            if (Query["fieldManager"] is { Length: > 0 } named)
            {
                return named;
            }

            var agent = Request.Header("user-agent");
            var slash = agent.IndexOf('/', StringComparison.Ordinal);
            return slash < 0 ? agent : agent[..slash];
        }
    }
}
