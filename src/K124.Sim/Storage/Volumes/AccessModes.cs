using System.Collections.Immutable;

namespace K124.Sim.Storage.Volumes;

/// <summary>Ways a volume can be mounted.</summary>
internal static class AccessModes
{
    public const string ReadWriteOnce = "ReadWriteOnce";
    public const string ReadOnlyMany = "ReadOnlyMany";
    public const string ReadWriteMany = "ReadWriteMany";
    public const string ReadWriteOncePod = "ReadWriteOncePod";

    /// <summary>Whether a volume offers every mode that a claim asks for.</summary>
    public static bool Contain(ImmutableArray<string> offered, ImmutableArray<string> asked)
    {
        foreach (var mode in asked)
        {
            if (!offered.Contains(mode, StringComparer.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
