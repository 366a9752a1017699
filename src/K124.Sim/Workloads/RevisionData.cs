using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Model;

namespace K124.Sim.Workloads;

/// <summary>The data of a ControllerRevision: a patch that puts a pod template back.</summary>
internal static class RevisionData
{
    private const string Directive = "$patch";

    /// <summary>The data of a template, byte for byte as the server would keep it.</summary>
    public static string Of(PodTemplateSpec template) => Of(PodTemplateHash.ToJson(template));

    /// <summary>The data of a template in its JSON form, which is changed.</summary>
    public static string Of(JsonObject template)
    {
        AddMembersNeverLeftOut(template);
        template[Directive] = "replace";
        var text = new StringBuilder("{\"spec\":{\"template\":");
        Append(text, template);
        return text.Append("}}").ToString();
    }

    /// <summary>The template that the data puts back; null if it holds none.</summary>
    public static PodTemplateSpec? TemplateOf(RawJson? data)
    {
        if (data is null || JsonNode.Parse(data.Text)?["spec"]?["template"] is not JsonObject template)
        {
            return null;
        }

        template.Remove(Directive);
        return PodTemplateHash.FromJson(WithoutNulls(template));
    }

    /// <summary>The same JSON value with sorted keys and Go's escapes.</summary>
    public static string Canonical(string json)
    {
        var text = new StringBuilder();
        Append(text, JsonNode.Parse(json));
        return text.ToString();
    }

    private static JsonObject WithoutNulls(JsonObject item)
    {
        foreach (var (name, value) in item.ToArray())
        {
            if (value is null)
            {
                item.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                WithoutNulls(inner);
            }
            else if (value is JsonArray list)
            {
                foreach (var element in list.OfType<JsonObject>())
                {
                    WithoutNulls(element);
                }
            }
        }

        return item;
    }

    // Go leaves no structures out, and no member without "omitempty".
    private static void AddMembersNeverLeftOut(JsonObject template)
    {
        AddCreationTime(template);
        if (template["spec"] is not JsonObject spec)
        {
            spec = new JsonObject();
            template["spec"] = spec;
        }

        if (!spec.ContainsKey("containers"))
        {
            spec["containers"] = null;
        }

        foreach (var list in (string[])["containers", "initContainers", "ephemeralContainers"])
        {
            foreach (var container in Objects(spec[list]))
            {
                Complete(container);
            }
        }

        foreach (var volume in Objects(spec["volumes"]))
        {
            CompleteVolume(volume);
        }

        foreach (var sysctl in Objects(spec["securityContext"]?["sysctls"]))
        {
            sysctl["value"] ??= "";
        }
    }

    private static void Complete(JsonObject container)
    {
        container["resources"] ??= new JsonObject();
        foreach (var variable in Objects(container["env"]))
        {
            CompleteResourceField(variable["valueFrom"]?["resourceFieldRef"]);
        }

        foreach (var handler in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
        {
            CompleteHandler(container[handler]);
        }

        CompleteHandler(container["lifecycle"]?["postStart"]);
        CompleteHandler(container["lifecycle"]?["preStop"]);
    }

    private static void CompleteHandler(JsonNode? handler)
    {
        foreach (var header in Objects(handler?["httpGet"]?["httpHeaders"]))
        {
            header["value"] ??= "";
        }

        if (handler?["grpc"] is JsonObject grpc && !grpc.ContainsKey("service"))
        {
            grpc["service"] = null;
        }
    }

    private static void CompleteVolume(JsonObject volume)
    {
        if (volume["ephemeral"]?["volumeClaimTemplate"] is JsonObject claim)
        {
            AddCreationTime(claim);
            claim["spec"] ??= new JsonObject();
            claim["spec"]!["resources"] ??= new JsonObject();
        }

        if (volume["iscsi"] is JsonObject iscsi)
        {
            iscsi["lun"] ??= 0;
        }

        CompleteDownward(volume["downwardAPI"]);
        if (volume["projected"] is JsonObject projected)
        {
            if (!projected.ContainsKey("sources"))
            {
                projected["sources"] = null;
            }

            foreach (var source in Objects(projected["sources"]))
            {
                CompleteDownward(source["downwardAPI"]);
            }
        }
    }

    private static void CompleteDownward(JsonNode? downward)
    {
        foreach (var file in Objects(downward?["items"]))
        {
            CompleteResourceField(file["resourceFieldRef"]);
        }
    }

    private static void CompleteResourceField(JsonNode? reference)
    {
        if (reference is JsonObject field)
        {
            field["divisor"] ??= "0";
        }
    }

    private static void AddCreationTime(JsonObject owner)
    {
        owner["metadata"] ??= new JsonObject();
        if (!owner["metadata"]!.AsObject().ContainsKey("creationTimestamp"))
        {
            owner["metadata"]!["creationTimestamp"] = null;
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => list is JsonArray items ? items.OfType<JsonObject>() : [];

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                text.Append('{');
                var isFirst = true;
                foreach (var (name, value) in item.OrderBy(static member => member.Key, StringComparer.Ordinal))
                {
                    text.Append(isFirst ? "" : ",");
                    isFirst = false;
                    AppendString(text, name);
                    text.Append(':');
                    Append(text, value);
                }

                text.Append('}');
                break;
            case JsonArray array:
                text.Append('[');
                for (var i = 0; i < array.Count; i++)
                {
                    text.Append(i > 0 ? "," : "");
                    Append(text, array[i]);
                }

                text.Append(']');
                break;
            case null:
                text.Append("null");
                break;
            default:
                if (node.GetValueKind() == JsonValueKind.String)
                {
                    AppendString(text, node.GetValue<string>());
                }
                else
                {
                    text.Append(node.ToJsonString());
                }

                break;
        }
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029':
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }
}
