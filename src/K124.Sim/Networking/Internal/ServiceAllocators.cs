using System.Collections.Immutable;

namespace K124.Sim.Networking.Internal;

/// <summary>The allocators of one API server: cluster IPs by family, and node ports.</summary>
internal sealed class ServiceAllocators(
    IServiceIPAllocator primary, IServiceIPAllocator? secondary, INodePortAllocator nodePorts, IRandomSource random)
{
    public INodePortAllocator NodePorts => nodePorts;

    /// <summary>The configured families, the default one first.</summary>
    public ImmutableArray<string> Families { get; } =
        secondary is null ? [primary.Cidr.Family.ToString()] : [primary.Cidr.Family.ToString(), secondary.Cidr.Family.ToString()];

    public IServiceIPAllocator? OfFamily(string family) => family == Families[0] ? primary : Families.Contains(family) ? secondary : null;

    public ImmutableArray<int> InRandomOrder(ImmutableArray<int> indexes) =>
        indexes.Length == 2 && random.Next(2) == 1 ? [indexes[1], indexes[0]] : indexes;

    /// <summary>Gives addresses back; those of a family that is no longer configured are skipped.</summary>
    public void Release(IEnumerable<(string Family, string Address)> addresses)
    {
        foreach (var (family, text) in addresses)
        {
            if (OfFamily(family) is { } allocator && ServiceIP.TryParse(text, out var address))
            {
                allocator.Release(address);
            }
        }
    }
}
