using System.Collections.Immutable;
using System.Numerics;

namespace K124.Sim.Storage.Volumes;

/// <summary>A set of access modes.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/core/v1/helper, pkg/controller/volume/persistentvolume (index).</remarks>
internal readonly record struct AccessModeSet
{
    private const byte Unknown = 16;

    private readonly byte _bits;

    /// <summary>The order in which the PV controller tries sets: fewer modes first.</summary>
    /// <remarks>Sets of as many modes, which 1.24 tries in random order, go by their modes: ReadWriteOnce, ReadOnlyMany, ReadWriteMany,
    /// ReadWriteOncePod.</remarks>
    public static IComparer<AccessModeSet> FewestFirst { get; } = Comparer<AccessModeSet>.Create(static (left, right) =>
    {
        var order = BitOperations.PopCount(left._bits).CompareTo(BitOperations.PopCount(right._bits));
        return order != 0 ? order : left._bits.CompareTo(right._bits);
    });

    private AccessModeSet(byte bits) => _bits = bits;

    /// <summary>The modes that a volume offers; names that 1.24 does not know are passed over.</summary>
    public static AccessModeSet OfVolume(ImmutableArray<string> modes) => new((byte)(Bits(modes) & ~Unknown));

    /// <summary>The modes that a claim asks for; no volume offers a name that 1.24 does not know.</summary>
    public static AccessModeSet OfClaim(ImmutableArray<string> modes) => new(Bits(modes));

    public bool Contains(AccessModeSet other) => (_bits & other._bits) == other._bits;

    private static byte Bits(ImmutableArray<string> modes)
    {
        byte bits = 0;
        foreach (var mode in modes)
        {
            bits |= mode switch
            {
                AccessModes.ReadWriteOnce => 1,
                AccessModes.ReadOnlyMany => 2,
                AccessModes.ReadWriteMany => 4,
                AccessModes.ReadWriteOncePod => 8,
                _ => Unknown,
            };
        }

        return bits;
    }
}
