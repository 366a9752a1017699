using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Where a list goes on that came in pages.</summary>
/// <param name="Revision">Revision of the first page; negative to go on at the newest state.</param>
/// <param name="Start">Key after which it goes on, relative to the list.</param>
internal sealed record ContinueToken(long Revision, string Start)
{
    private const string Version = "meta.k8s.io/v1";

    public static ContinueToken After(long revision, ObjectKey last, bool hasNamespace) =>
        new(revision, (hasNamespace || last.Namespace.Length == 0 ? last.Name : $"{last.Namespace}/{last.Name}") + "\0");

    /// <summary>Reads a token.</summary>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public static string? TryDecode(string text, out ContinueToken token)
    {
        token = new(0, "");
        JsonNode? node;
        try
        {
            var padded = text.Replace('-', '+').Replace('_', '/');
            padded += new string('=', (4 - (padded.Length % 4)) % 4);
            if (GoJson.TryParse(Convert.FromBase64String(padded), out node) is { } problem)
            {
                return $"continue key is not valid: {problem}";
            }
        }
        catch (FormatException)
        {
            return "continue key is not valid: illegal base64 data at input byte 0";
        }

        var tree = node as JsonObject;

        if (tree.Text("v") != Version)
        {
            return "continue key is not valid: server does not recognize this encoded version \"" + tree.Text("v") + "\"";
        }

        token = new(tree.Number("rv"), tree.Text("start"));
        return token.Revision == 0 ? "continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)"
            : token.Start.Length == 0 ? "continue key is not valid: encoded start key empty (version meta.k8s.io/v1)"
            : null;
    }

    public string Encode()
    {
        var tree = new JsonObject { ["v"] = Version, ["rv"] = Revision, ["start"] = Start };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(tree.ToJsonString())).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>The first key that the list goes on with.</summary>
    public ObjectKey Key(string namespaceName)
    {
        if (namespaceName.Length > 0)
        {
            return new(namespaceName, Start);
        }

        var slash = Start.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new("", Start) : new(Start[..slash], Start[(slash + 1)..]);
    }
}
