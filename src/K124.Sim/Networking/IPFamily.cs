namespace K124.Sim.Networking;

/// <summary>A family of IP addresses; the names are those of <c>spec.ipFamilies</c>.</summary>
public enum IPFamily
{
    /// <summary>32-bit addresses.</summary>
    IPv4,

    /// <summary>128-bit addresses.</summary>
    IPv6,
}
