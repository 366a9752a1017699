using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>A node's reference to a ConfigMap with the configuration of its kubelet, which is switched off by default.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/core/node and pkg/apis/core/validation, gate DynamicKubeletConfig.</remarks>
internal static class NodeConfigurationRules
{
    private const string Gate = "DynamicKubeletConfig";

    /// <summary>Drops the reference where it is switched off, unless the stored node has one.</summary>
    public static void DropSource(JsonObject tree, JsonObject? old, KindContext context)
    {
        if (!context.Gates.IsEnabled(Gate) && old.Object("spec", "configSource") is null)
        {
            tree.Object("spec")?.Remove("configSource");
        }
    }

    /// <summary>Drops what the kubelet tells of it where it is switched off, unless the stored node has it.</summary>
    public static void DropStatus(JsonObject tree, JsonObject? old, KindContext context)
    {
        if (!context.Gates.IsEnabled(Gate) && old.Object("status", "config") is null)
        {
            tree.Object("status")?.Remove("config");
        }
    }

    /// <summary>Checks the references of a node.</summary>
    public static void Check(JsonObject tree, FieldErrors errors)
    {
        if (tree.Object("spec", "configSource") is { } source)
        {
            Source(source, isInStatus: false, FieldPath.Of("spec.configSource"), errors);
        }

        foreach (var member in (ReadOnlySpan<string>)["assigned", "active", "lastKnownGood"])
        {
            if (tree.Object("status", "config").Object(member) is { } told)
            {
                Source(told, isInStatus: true, FieldPath.Of("status.config").Child(member), errors);
            }
        }
    }

    private static void Source(JsonObject source, bool isInStatus, FieldPath path, FieldErrors errors)
    {
        if (source.Object("configMap") is not { } map)
        {
            errors.InvalidPrinted(
                path, "core.NodeConfigSource{ConfigMap:(*core.ConfigMapNodeConfigSource)(nil)}", "exactly one reference subfield must be non-nil");
            return;
        }

        var place = path.Child("configMap");
        foreach (var member in (ReadOnlySpan<string>)["uid", "resourceVersion"])
        {
            if (isInStatus && map.Text(member).Length == 0)
            {
                errors.Required(place.Child(member), $"{member} must be set in status");
            }
            else if (!isInStatus && map.Text(member).Length > 0)
            {
                errors.Forbidden(place.Child(member), $"{member} must not be set in spec");
            }
        }

        Named(map, place, errors);
    }

    private static void Named(JsonObject map, FieldPath path, FieldErrors errors)
    {
        foreach (var (member, check) in ((string, Func<string, string[]>)[])[
            ("name", NameRules.Subdomain), ("namespace", NameRules.DnsLabel), ("kubeletConfigKey", NameRules.ConfigKey)])
        {
            var text = map.Text(member);
            if (text.Length == 0)
            {
                errors.Required(path.Child(member), $"{member} must be set");
            }
            else
            {
                errors.InvalidAll(path.Child(member), text, check(text));
            }
        }
    }
}
