using System.Text.Json.Nodes;
using K124.Sim.Kinds.Schema;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The roles that a server makes for itself and for the components beside it; the head of their table tells its form.</summary>
internal static class BootstrapAccess
{
    private const string Group = "rbac.authorization.k8s.io";
    private const string Reading = "get list watch";
    private const string Writing = "create delete deletecollection patch update";

    /// <summary>Roles and bindings, each with the namespace it lives in.</summary>
    public static IEnumerable<(string Namespace, string Plural, JsonObject Object)> All()
    {
        Entry? entry = null;
        foreach (var line in EmbeddedText.Lines("bootstrap-roles.txt"))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var (word, rest) = space < 0 ? (line, "") : (line[..space], line[(space + 1)..]);
            switch (word)
            {
                case "role":
                    foreach (var made in entry?.Objects() ?? [])
                    {
                        yield return made;
                    }

                    entry = new(rest);
                    break;
                case "as":
                    entry!.BindingName = rest;
                    break;
                case "to":
                    entry!.Subjects = [.. rest.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Subject)];
                    break;
                default:
                    entry!.Rules.Add((JsonNode)Rule(line));
                    break;
            }
        }

        foreach (var made in entry?.Objects() ?? [])
        {
            yield return made;
        }
    }

    private static JsonObject Rule(string line)
    {
        var parts = line.Split(" | ");
        var rule = new JsonObject { ["verbs"] = Words(parts[0]) };
        if (parts.Length == 2)
        {
            rule["nonResourceURLs"] = Words(parts[1]);
            return rule;
        }

        rule["apiGroups"] = Words(parts[1]);
        rule["resources"] = Words(parts[2]);
        if (parts.Length == 4)
        {
            rule["resourceNames"] = Words(parts[3]);
        }

        return rule;
    }

    private static JsonArray Words(string text)
    {
        var words = text.Replace("READ", Reading, StringComparison.Ordinal).Replace("WRITE", Writing, StringComparison.Ordinal).Split(' ')
            .Select(static word => word == "\"\"" ? "" : word).Order(StringComparer.Ordinal);
        return new([.. words.Select(static word => (JsonNode)word)]);
    }

    private static JsonObject Subject(string text)
    {
        var name = text[2..];
        if (text[0] == 's')
        {
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            return new() { ["kind"] = "ServiceAccount", ["name"] = name[(slash + 1)..], ["namespace"] = name[..slash] };
        }

        return new() { ["apiGroup"] = Group, ["kind"] = text[0] == 'u' ? "User" : "Group", ["name"] = name };
    }

    private sealed class Entry(string path)
    {
        private readonly string _namespace = path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : "";
        private readonly string _name = path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];

        public JsonArray Rules { get; } = [];

        public string BindingName { get; set; } = "";

        /// <summary>Who has the role; null if nobody is bound to it.</summary>
        public JsonObject[]? Subjects { get; set; }

        public IEnumerable<(string Namespace, string Plural, JsonObject Object)> Objects()
        {
            var kind = _namespace.Length == 0 ? "ClusterRole" : "Role";
            var plural = kind.ToLowerInvariant();
            var role = Named(kind, _name);
            role["rules"] = Rules;
            yield return (_namespace, plural + "s", role);
            if (Subjects is null)
            {
                yield break;
            }

            var binding = Named(kind + "Binding", BindingName.Length > 0 ? BindingName : _name);
            binding["roleRef"] = new JsonObject { ["apiGroup"] = Group, ["kind"] = kind, ["name"] = _name };
            if (Subjects.Length > 0)
            {
                binding["subjects"] = new JsonArray([.. Subjects]);
            }

            yield return (_namespace, plural + "bindings", binding);
        }

        private JsonObject Named(string kind, string name)
        {
            var metadata = new JsonObject
            {
                ["name"] = name,
                ["annotations"] = new JsonObject { [$"{Group}/autoupdate"] = "true" },
                ["labels"] = new JsonObject { ["kubernetes.io/bootstrapping"] = "rbac-defaults" },
            };
            if (_namespace.Length > 0)
            {
                metadata["namespace"] = _namespace;
            }

            return new() { ["apiVersion"] = $"{Group}/v1", ["kind"] = kind, ["metadata"] = metadata };
        }
    }
}
