using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using K124.Sim.Model;

namespace K124.Sim.Networking;

/// <summary>Addresses and ports in the form that Endpoints have them: addresses with the same ports together, everything sorted.</summary>
/// <remarks>Kubernetes 1.24 pkg/api/v1/endpoints: order is by a digest of the printed value.</remarks>
internal static class EndpointSubsets
{
    private static readonly EndpointPort NoPort = new() { Port = -1 };

    /// <summary>Puts single offers together.</summary>
    /// <param name="offers">An address, whether it is ready, and a port; no port for an address without ports.</param>
    public static ImmutableArray<EndpointSubset> Pack(IEnumerable<(EndpointAddress Address, bool IsReady, EndpointPort? Port)> offers)
    {
        var byPort = new Dictionary<EndpointPort, SortedDictionary<string, (EndpointAddress Address, bool IsReady)>>();
        foreach (var (address, isReady, port) in offers)
        {
            var key = port ?? NoPort;
            if (!byPort.TryGetValue(key, out var addresses))
            {
                addresses = new(StringComparer.Ordinal);
                byPort.Add(key, addresses);
            }

            var id = $"{address.IP}\n{address.TargetRef?.Uid}";
            addresses[id] = addresses.TryGetValue(id, out var own) ? (own.Address, own.IsReady || isReady) : (address, isReady);
        }

        return
        [
            .. byPort.GroupBy(static entry => string.Join('\n', entry.Value.Select(static own => $"{own.Key}\n{own.Value.IsReady}")), StringComparer.Ordinal)
                .Select(static group => Subset(group.First().Value.Values, group.Select(static entry => entry.Key)))
                .OrderBy(static subset => Digest(Print(subset)), StringComparer.Ordinal),
        ];
    }

    /// <summary>The same without versions of the pods, which change for other reasons.</summary>
    public static ImmutableArray<EndpointSubset> WithoutVersions(ImmutableArray<EndpointSubset> subsets) =>
    [
        .. subsets.Select(static subset => subset with
        {
            Addresses = [.. subset.Addresses.Select(WithoutVersion)],
            NotReadyAddresses = [.. subset.NotReadyAddresses.Select(WithoutVersion)],
        }),
    ];

    /// <summary>Takes addresses away beyond a number, those that are not ready first, evenly from all subsets.</summary>
    public static ImmutableArray<EndpointSubset> Truncate(ImmutableArray<EndpointSubset> subsets, int most)
    {
        var ready = subsets.Sum(static subset => subset.Addresses.Length);
        var cutsReady = ready > most;
        var total = cutsReady ? ready : subsets.Sum(static subset => subset.NotReadyAddresses.Length);
        var room = cutsReady ? most : most - ready;
        var left = room;
        var result = ImmutableArray.CreateBuilder<EndpointSubset>(subsets.Length);
        foreach (var subset in subsets)
        {
            var own = cutsReady ? subset.Addresses : subset.NotReadyAddresses;
            var share = Math.Min(left, (int)Math.Ceiling(own.Length / (double)total * room));
            var kept = own.Length > share ? own[..share] : own;
            left -= kept.Length;
            result.Add(cutsReady ? subset with { Addresses = kept, NotReadyAddresses = [] } : subset with { NotReadyAddresses = kept });
        }

        return result.ToImmutable();
    }

    public static int Count(ImmutableArray<EndpointSubset> subsets) =>
        subsets.Sum(static subset => subset.Addresses.Length + subset.NotReadyAddresses.Length);

    private static EndpointSubset Subset(IEnumerable<(EndpointAddress Address, bool IsReady)> addresses, IEnumerable<EndpointPort> ports)
    {
        var sorted = addresses.OrderBy(static entry => entry.Address.IP, StringComparer.Ordinal)
            .ThenBy(static entry => entry.Address.TargetRef?.Uid ?? "", StringComparer.Ordinal)
            .ToArray();
        return new()
        {
            Addresses = [.. sorted.Where(static entry => entry.IsReady).Select(static entry => entry.Address)],
            NotReadyAddresses = [.. sorted.Where(static entry => !entry.IsReady).Select(static entry => entry.Address)],
            Ports = [.. ports.Where(static port => port != NoPort).OrderBy(static port => Digest($"(v1.EndpointPort){Print(port)}"), StringComparer.Ordinal)],
        };
    }

    private static EndpointAddress WithoutVersion(EndpointAddress address) => address.TargetRef is { } target
        ? address with { TargetRef = target with { ResourceVersion = "" } }
        : address;

    [SuppressMessage("Security", "CA5351", Justification = "1.24 orders subsets by this digest; nothing is kept secret by it.")]
    private static string Digest(string printed) => Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(printed)));

    private static string Print(EndpointSubset subset) =>
        $"(v1.EndpointSubset){{Addresses:([]v1.EndpointAddress){Print(subset.Addresses)} NotReadyAddresses:([]v1.EndpointAddress){Print(subset.NotReadyAddresses)}"
        + $" Ports:([]v1.EndpointPort){(subset.Ports.IsEmpty ? "[]" : $"[{string.Join(' ', subset.Ports.Select(Print))}]")}}}";

    private static string Print(ImmutableArray<EndpointAddress> addresses) =>
        addresses.IsEmpty ? "<nil>" : $"[{string.Join(' ', addresses.Select(Print))}]";

    private static string Print(EndpointAddress address)
    {
        var target = address.TargetRef is not { } reference
            ? "<nil>"
            : $"{{Kind:(string){reference.Kind} Namespace:(string){reference.Namespace} Name:(string){reference.Name} UID:(types.UID){reference.Uid}"
                + $" APIVersion:(string){reference.ApiVersion} ResourceVersion:(string){reference.ResourceVersion} FieldPath:(string){reference.FieldPath}}}";
        return $"{{IP:(string){address.IP} Hostname:(string){address.Hostname} NodeName:(*string){address.NodeName ?? "<nil>"} TargetRef:(*v1.ObjectReference){target}}}";
    }

    private static string Print(EndpointPort port) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{Name:(string){port.Name} Port:(int32){port.Port} Protocol:(v1.Protocol){port.Protocol} AppProtocol:(*string){port.AppProtocol ?? "<nil>"}}}");
}
