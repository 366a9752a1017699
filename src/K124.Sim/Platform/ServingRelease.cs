namespace K124.Sim.Platform;

/// <summary>The release an API server says it is, as far as that decides which versions it still serves.</summary>
/// <param name="Major">Major version.</param>
/// <param name="Minor">Minor version.</param>
/// <param name="IsAlpha">Whether it is a build before the first beta of its minor version.</param>
internal sealed record ServingRelease(int Major, int Minor, bool IsAlpha = false)
{
    /// <summary>The releases of Kubernetes 1.24.</summary>
    public static ServingRelease Kubernetes124 { get; } = new(1, 24);

    /// <summary>Whether an alpha build, too, drops what its release removes.</summary>
    public bool IsStrictInAlpha { get; init; }

    /// <summary>Whether what its release removes is served for this one release still.</summary>
    public bool ServesRemovedForOneRelease { get; init; }

    /// <summary>Reads the version as an API server answers it.</summary>
    /// <param name="major">For example <c>1</c>.</param>
    /// <param name="minor">For example <c>24+</c>; what follows the number does not count.</param>
    /// <param name="gitVersion">For example <c>v1.25.0-alpha.1</c>.</param>
    /// <exception cref="FormatException">There is no number.</exception>
    public static ServingRelease Parse(string major, string minor, string gitVersion) => new(
        int.Parse(major, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture),
        int.Parse(minor.Split('+', '-', '.')[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture),
        gitVersion.Contains("alpha", StringComparison.Ordinal));

    /// <summary>Whether this release serves a kind in a version.</summary>
    /// <param name="removedMinor">Release 1.x that removes it; null if none does.</param>
    public bool Serves(int? removedMinor)
    {
        if (removedMinor is not { } removed)
        {
            return true;
        }

        return (Major, Minor).CompareTo((1, removed)) switch
        {
            < 0 => true,
            > 0 => false,
            _ => IsAlpha ? !IsStrictInAlpha : ServesRemovedForOneRelease,
        };
    }
}
