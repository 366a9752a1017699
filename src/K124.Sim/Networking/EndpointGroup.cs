using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Networking;

/// <summary>Endpoints that serve the same ports.</summary>
/// <param name="Ports">The ports.</param>
internal sealed record EndpointGroup(ImmutableArray<EndpointSlicePort> Ports)
{
    /// <summary>The endpoints by identity.</summary>
    public Dictionary<string, Endpoint> Endpoints { get; } = new(StringComparer.Ordinal);

    /// <summary>A text that is the same for the same ports in any order.</summary>
    public static string KeyOf(ImmutableArray<EndpointSlicePort> ports) => string.Join('\n', ports.Select(static port => string.Create(
        CultureInfo.InvariantCulture, $"{port.Name ?? "-"}/{port.Port}/{port.Protocol ?? "-"}/{port.AppProtocol ?? "-"}")).Order(StringComparer.Ordinal));

    /// <summary>What tells endpoints apart: their addresses and their host name.</summary>
    public static string IdentityOf(Endpoint endpoint) =>
        $"{string.Join(',', endpoint.Addresses.Order(StringComparer.Ordinal))}\n{endpoint.Hostname}";

    /// <summary>Whether two endpoints of one identity say the same; what one of them does not tell is no difference.</summary>
    public static bool AreAlike(Endpoint a, Endpoint b)
    {
        var (left, right) = (a.Conditions ?? new(), b.Conditions ?? new());
        return a.NodeName == b.NodeName && a.Zone == b.Zone && left.Ready == right.Ready
            && (left.Serving is null || right.Serving is null || left.Serving == right.Serving)
            && (left.Terminating is null || right.Terminating is null || left.Terminating == right.Terminating)
            && WithoutVersion(a.TargetRef) == WithoutVersion(b.TargetRef);
    }

    private static ObjectReference? WithoutVersion(ObjectReference? reference) => reference is null ? null : reference with { ResourceVersion = "" };
}
