using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Networking;

namespace K124.Sim.Preflight.Rules;

/// <summary>Services whose address is fixed and lies where addresses are given out by themselves.</summary>
internal sealed record ServiceAddressRule() : ItemRule("service-ip-band", "Fixed ClusterIPs in the dynamic band", PreflightSeverity.Block)
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    protected override IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context)
    {
        var field = item.Root["spec"]["clusterIP"];
        if (!item.Is("", "Service") || field.Text is "" or "None" || context.ServiceCidrs.IsEmpty || !ServiceIP.TryParse(field.Text, out var address) || !IsFixed(item))
        {
            yield break;
        }

        if (context.ServiceCidrs.FirstOrDefault(cidr => cidr.TryGetOffset(address, out _)) is not { } range)
        {
            yield return item.IsManifest
                ? Block(item, field.Path, $"{field.Text} is in no range of the API server: the Service is refused", "choose an address of the range, or none")
                : Warn(item, field.Path, $"{field.Text} is in no range of the API server: the repair loop complains of it", "move the Service into the range");
            yield break;
        }

        range.TryGetOffset(address, out var offset);
        if (offset >= range.StaticBandSize)
        {
            yield return Warn(
                item,
                field.Path,
                $"{field.Text} lies in the dynamic band of {range}: 1.24 gives such addresses to Services without one, with the gate ServiceIPStaticSubrange before all others",
                range.StaticBandSize == 0 ? "let the address be chosen, or widen the range" : $"take an address up to {range.AddressAt(range.StaticBandSize - 1)}");
        }
    }

    /// <summary>Whether somebody chose the address: a Service of the cluster shows it only by what was applied.</summary>
    private static bool IsFixed(PreflightItem item)
    {
        if (item.IsManifest || item is { Namespace: "kube-system", Name: "kube-dns" })
        {
            return true;
        }

        var applied = item.Root["metadata"]["annotations"][LastApplied].Text;
        try
        {
            return applied.Length > 0 && (JsonNode.Parse(applied) as JsonObject).Object("spec").Text("clusterIP").Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
