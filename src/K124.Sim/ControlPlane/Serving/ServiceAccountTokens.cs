using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>Tokens of service accounts: in the form of JSON web tokens, good for this server alone, which does not sign them.</summary>
internal static class ServiceAccountTokens
{
    private const string Issuer = "https://kubernetes.default.svc";
    private const string Header = "{\"alg\":\"none\",\"typ\":\"JWT\"}";

    public static string Make(StoredObject account, IReadOnlyList<string> audiences, DateTimeOffset now, DateTimeOffset expires)
    {
        var claims = new JsonObject
        {
            ["aud"] = new JsonArray([.. audiences.Select(audience => (JsonNode)audience)]),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["iss"] = Issuer,
            ["kubernetes.io"] = new JsonObject
            {
                ["namespace"] = account.Key.Namespace,
                ["serviceaccount"] = new JsonObject { ["name"] = account.Key.Name, ["uid"] = account.Tree.Object("metadata").Text("uid") },
            },
            ["sub"] = $"system:serviceaccount:{account.Key.Namespace}:{account.Key.Name}",
        };
        return $"{Encode(Header)}.{Encode(claims.ToJsonString())}.";
    }

    /// <summary>Who a token stands for; null if it is none, or has expired, or its account is gone.</summary>
    public static UserInfo? Find(string token, IObjectReader objects, DateTimeOffset now)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || Decode(parts[1]) is not { } claims || claims.Number("exp") < now.ToUnixTimeSeconds())
        {
            return null;
        }

        var place = claims.Object("kubernetes.io");
        var (ns, name) = (place.Text("namespace"), place.Object("serviceaccount").Text("name"));
        var uid = place.Object("serviceaccount").Text("uid");
        var account = objects.Get("", "serviceaccounts", ns, name);
        return account is null || account.Object("metadata").Text("uid") != uid || !claims.Texts("aud").Contains(Issuer)
            ? null
            : new()
            {
                Name = $"system:serviceaccount:{ns}:{name}",
                Uid = uid,
                Groups = ["system:serviceaccounts", $"system:serviceaccounts:{ns}", "system:authenticated"],
            };
    }

    private static string Encode(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static JsonObject? Decode(string part)
    {
        try
        {
            var padded = part.Replace('-', '+').Replace('_', '/');
            return JsonNode.Parse(Convert.FromBase64String(padded + new string('=', (4 - (padded.Length % 4)) % 4))) as JsonObject;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}
