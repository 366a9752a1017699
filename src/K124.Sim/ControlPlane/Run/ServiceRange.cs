using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace K124.Sim.ControlPlane.Run;

/// <summary>The block that cluster IPs come from: a dump does not tell it.</summary>
internal static class ServiceRange
{
    private const string Usual = "10.96.0.0/12";
    private const int HighBitsOfSecondByte = 0xf0;

    /// <summary>The block that was given, or one that the addresses of the cluster's Services lie in.</summary>
    public static string Of(string given, Cluster cluster)
    {
        if (given.Length > 0)
        {
            return given;
        }

        foreach (var service in cluster.Services)
        {
            if (IPAddress.TryParse(service.Spec.ClusterIP, out var address) && address.AddressFamily == AddressFamily.InterNetwork)
            {
                var bytes = address.GetAddressBytes();
                return string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1] & HighBitsOfSecondByte}.0.0/12");
            }
        }

        return Usual;
    }
}
