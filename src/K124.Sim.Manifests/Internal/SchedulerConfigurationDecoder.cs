using System.Collections.Immutable;
using System.Text.Json;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.Plugins;

namespace K124.Sim.Manifests.Internal;

/// <summary>Makes a configuration of a KubeSchedulerConfiguration in JSON, and reports what does not belong there.</summary>
internal sealed class SchedulerConfigurationDecoder(Action<string, string> report)
{
    private const string Group = "kubescheduler.config.k8s.io/";

    public SchedulerConfiguration? Decode(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            report("", "expected a KubeSchedulerConfiguration");
            return null;
        }

        var version = root.TryGetProperty("apiVersion", out var api) ? api.ToString() : "";
        var kind = root.TryGetProperty("kind", out var given) ? given.ToString() : "";
        if (version is not (Group + "v1beta3" or Group + "v1beta2") || kind != "KubeSchedulerConfiguration")
        {
            report("", $"expected {Group}v1beta3 or {Group}v1beta2, kind KubeSchedulerConfiguration, but found '{version}', kind '{kind}'");
            return null;
        }

        var result = SchedulerConfiguration.Default;
        var isV1Beta3 = version == Group + "v1beta3";
        ImmutableArray<SchedulerProfile> profiles = [];
        foreach (var member in Members(root, ""))
        {
            switch (member.Name)
            {
                case "apiVersion" or "kind" or "clientConnection" or "leaderElection" or "enableProfiling" or "enableContentionProfiling":
                case "healthzBindAddress" or "metricsBindAddress" when !isV1Beta3:
                    break;
                case "parallelism":
                    Number(member.Value, "parallelism", 1, int.MaxValue);
                    break;
                case "percentageOfNodesToScore":
                    result = result with { PercentageOfNodesToScore = (int)Number(member.Value, "percentageOfNodesToScore", 0, 100) };
                    break;
                case "podInitialBackoffSeconds":
                    result = result with { PodInitialBackoffSeconds = Number(member.Value, "podInitialBackoffSeconds", 1, long.MaxValue) };
                    break;
                case "podMaxBackoffSeconds":
                    result = result with { PodMaxBackoffSeconds = Number(member.Value, "podMaxBackoffSeconds", 1, long.MaxValue) };
                    break;
                case "profiles":
                    profiles = [.. Items(member.Value, "profiles").Select(item => Profile(item.Value, item.Path, isV1Beta3))];
                    break;
                case "extenders":
                    result = result with
                    {
                        Extenders = [.. Items(member.Value, "extenders").Select(item => new ExtenderDecoder(this).Decode(item.Value, item.Path))],
                    };
                    break;
                default:
                    Unknown("", member.Name);
                    break;
            }
        }

        return result with { Profiles = profiles.IsEmpty ? [isV1Beta3 ? SchedulerProfile.Default : SchedulerProfile.V1Beta2] : profiles };
    }

    private SchedulerProfile Profile(JsonElement element, string path, bool isV1Beta3)
    {
        var sets = new ProfileSets(isV1Beta3);
        var profile = SchedulerProfile.Default;
        foreach (var member in Members(element, path))
        {
            switch (member.Name)
            {
                case "schedulerName":
                    profile = profile with { SchedulerName = Text(member.Value, path + ".schedulerName") };
                    break;
                case "plugins":
                    Plugins(member.Value, path + ".plugins", sets, isV1Beta3);
                    break;
                case "pluginConfig":
                    profile = PluginConfig(profile, member.Value, path + ".pluginConfig");
                    break;
                default:
                    Unknown(path, member.Name);
                    break;
            }
        }

        return profile with { Plugins = sets.Expand() };
    }

    private void Plugins(JsonElement element, string path, ProfileSets sets, bool isV1Beta3)
    {
        foreach (var member in Members(element, path))
        {
            if (member.Name == "multiPoint" && isV1Beta3)
            {
                sets.MultiPoint = Set(member.Value, path + ".multiPoint");
            }
            else if (Enum.TryParse<ExtensionPoint>(member.Name, ignoreCase: true, out var point) && char.IsAsciiLetterLower(member.Name[0]))
            {
                sets.Add(point, Set(member.Value, $"{path}.{member.Name}"));
            }
            else
            {
                Unknown(path, member.Name);
            }
        }
    }

    private PluginSet Set(JsonElement element, string path)
    {
        ImmutableArray<ScorePlugin> enabled = [];
        ImmutableArray<string> disabled = [];
        foreach (var member in Members(element, path))
        {
            switch (member.Name)
            {
                case "enabled":
                    enabled = [.. Items(member.Value, path + ".enabled").Select(item => Plugin(item.Value, item.Path))];
                    break;
                case "disabled":
                    disabled = [.. Items(member.Value, path + ".disabled").Select(item => Plugin(item.Value, item.Path, isDisabled: true).Name)];
                    break;
                default:
                    Unknown(path, member.Name);
                    break;
            }
        }

        return new(enabled, disabled);
    }

    private ScorePlugin Plugin(JsonElement element, string path, bool isDisabled = false)
    {
        var plugin = new ScorePlugin("", 0);
        foreach (var member in Members(element, path))
        {
            switch (member.Name)
            {
                case "name":
                    plugin = plugin with { Name = Text(member.Value, path + ".name") };
                    break;
                case "weight":
                    plugin = plugin with { Weight = (int)Number(member.Value, path + ".weight", 0, int.MaxValue) };
                    break;
                default:
                    Unknown(path, member.Name);
                    break;
            }
        }

        // Disabled names are only compared with those that are enabled: one that stands for nothing does no harm.
        if (!isDisabled && InTreePlugins.Find(plugin.Name) is null)
        {
            report(path + ".name", $"there is no plugin '{plugin.Name}'");
        }

        return plugin;
    }

    private SchedulerProfile PluginConfig(SchedulerProfile profile, JsonElement element, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, itemPath) in Items(element, path))
        {
            var name = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var found) ? Text(found, itemPath + ".name") : "";
            if (!seen.Add(name))
            {
                report(itemPath + ".name", $"repeated config for plugin {name}");
            }

            foreach (var member in Members(item, itemPath))
            {
                if (member.Name == "args")
                {
                    profile = new PluginArgsDecoder(this, report).Decode(profile, name, member.Value, itemPath + ".args");
                }
                else if (member.Name != "name")
                {
                    Unknown(itemPath, member.Name);
                }
            }
        }

        return profile;
    }

    internal IEnumerable<JsonProperty> Members(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            // A member without a value is one that is not given.
            return element.EnumerateObject().Where(static member => member.Value.ValueKind != JsonValueKind.Null);
        }

        if (element.ValueKind != JsonValueKind.Null)
        {
            report(path, "expected an object");
        }

        return [];
    }

    internal IEnumerable<(JsonElement Value, string Path)> Items(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Select((item, i) => (item, $"{path}[{i}]"));
        }

        if (element.ValueKind != JsonValueKind.Null)
        {
            report(path, "expected an array");
        }

        return [];
    }

    internal string Text(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString()!;
        }

        report(path, "expected a text");
        return "";
    }

    internal long Number(JsonElement element, string path, long min, long max)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) && number >= min && number <= max)
        {
            return number;
        }

        report(path, max == long.MaxValue || max == int.MaxValue ? $"expected a whole number from {min} on" : $"expected a whole number from {min} to {max}");
        return min;
    }

    internal bool Flag(JsonElement element, string path)
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return element.GetBoolean();
        }

        report(path, "expected true or false");
        return false;
    }

    internal void Unknown(string path, string name) => report(path.Length == 0 ? name : $"{path}.{name}", "unknown field");
}
