using System.Text.Json;
using K124.Sim.Scheduling.Configuration;

namespace K124.Sim.Manifests.Internal;

/// <summary>Reads one extender of a KubeSchedulerConfiguration.</summary>
internal sealed class ExtenderDecoder(SchedulerConfigurationDecoder reader)
{
    public SchedulerExtender Decode(JsonElement element, string path)
    {
        var extender = new SchedulerExtender();
        foreach (var member in reader.Members(element, path))
        {
            var field = $"{path}.{member.Name}";
            switch (member.Name)
            {
                case "urlPrefix":
                    extender = extender with { UrlPrefix = reader.Text(member.Value, field) };
                    break;
                case "filterVerb":
                    extender = extender with { FilterVerb = reader.Text(member.Value, field) };
                    break;
                case "prioritizeVerb":
                    extender = extender with { PrioritizeVerb = reader.Text(member.Value, field) };
                    break;
                case "preemptVerb":
                    extender = extender with { PreemptVerb = reader.Text(member.Value, field) };
                    break;
                case "bindVerb":
                    extender = extender with { BindVerb = reader.Text(member.Value, field) };
                    break;
                case "weight":
                    extender = extender with { Weight = reader.Number(member.Value, field, long.MinValue, long.MaxValue) };
                    break;
                case "ignorable":
                    extender = extender with { Ignorable = reader.Flag(member.Value, field) };
                    break;
                case "managedResources":
                    extender = extender with { ManagedResources = [.. reader.Items(member.Value, field).Select(item => Resource(item.Value, item.Path))] };
                    break;
                case "enableHTTPS" or "nodeCacheCapable":
                    reader.Flag(member.Value, field);
                    break;
                case "httpTimeout" or "tlsConfig":
                    break;
                default:
                    reader.Unknown(path, member.Name);
                    break;
            }
        }

        return extender;
    }

    private ExtenderManagedResource Resource(JsonElement element, string path)
    {
        var resource = new ExtenderManagedResource("");
        foreach (var member in reader.Members(element, path))
        {
            var field = $"{path}.{member.Name}";
            switch (member.Name)
            {
                case "name":
                    resource = resource with { Name = reader.Text(member.Value, field) };
                    break;
                case "ignoredByScheduler":
                    resource = resource with { IgnoredByScheduler = reader.Flag(member.Value, field) };
                    break;
                default:
                    reader.Unknown(path, member.Name);
                    break;
            }
        }

        return resource;
    }
}
