using System.Globalization;

namespace K124.Sim;

/// <summary>A release of the Kubernetes 1.24 series: 1.24.0 to 1.24.17.</summary>
/// <remarks>Within the series a handful of behaviours changed. Each is one property here; behaviours are handed the release
/// and ask for the property, never for the number.</remarks>
public readonly partial record struct KubernetesRelease : IComparable<KubernetesRelease>
{
    private const int NewestPatch = 17;
    private const string Series = "1.24.";

    // Stored as the distance from the newest release, so that default(KubernetesRelease) is the newest.
    private readonly int _patchesBehind;

    private KubernetesRelease(int patch) => _patchesBehind = NewestPatch - patch;

    /// <summary>1.24.17, the newest release; the default.</summary>
    public static KubernetesRelease Newest => default;

    /// <summary>Patch number, 0 to 17.</summary>
    public int Patch => NewestPatch - _patchesBehind;

    /// <summary>Makes a release from its patch number.</summary>
    /// <param name="patch">Patch number, 0 to 17.</param>
    /// <returns>The release.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such patch.</exception>
    public static KubernetesRelease OfPatch(int patch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patch, NewestPatch);
        return new(patch);
    }

    /// <summary>Reads a release such as <c>1.24.4</c> or <c>v1.24.4</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="release">The release, or the newest.</param>
    /// <returns>False if the text is not a release of the 1.24 series.</returns>
    public static bool TryParse(string? text, out KubernetesRelease release)
    {
        release = default;
        var version = text.AsSpan().TrimStart('v');
        if (!version.StartsWith(Series, StringComparison.Ordinal)
            || !int.TryParse(version[Series.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var patch)
            || patch > NewestPatch)
        {
            return false;
        }

        release = new(patch);
        return true;
    }

    /// <summary>Reads a release such as <c>1.24.4</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The release.</returns>
    /// <exception cref="FormatException">The text is not a release of the 1.24 series.</exception>
    public static KubernetesRelease Parse(string text) => TryParse(text, out var release)
        ? release
        : throw new FormatException($"'{text}' is not a release from {Series}0 to {Series}{NewestPatch}.");

    /// <inheritdoc/>
    public int CompareTo(KubernetesRelease other) => Patch.CompareTo(other.Patch);

    /// <summary>For example <c>1.24.17</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Series}{Patch}");

    /// <summary>Whether the left release is older.</summary>
    /// <param name="left">First release.</param>
    /// <param name="right">Second release.</param>
    /// <returns>True if it is.</returns>
    public static bool operator <(KubernetesRelease left, KubernetesRelease right) => left.Patch < right.Patch;

    /// <summary>Whether the left release is newer.</summary>
    /// <param name="left">First release.</param>
    /// <param name="right">Second release.</param>
    /// <returns>True if it is.</returns>
    public static bool operator >(KubernetesRelease left, KubernetesRelease right) => left.Patch > right.Patch;

    /// <summary>Whether the left release is not newer.</summary>
    /// <param name="left">First release.</param>
    /// <param name="right">Second release.</param>
    /// <returns>True if it is not.</returns>
    public static bool operator <=(KubernetesRelease left, KubernetesRelease right) => left.Patch <= right.Patch;

    /// <summary>Whether the left release is not older.</summary>
    /// <param name="left">First release.</param>
    /// <param name="right">Second release.</param>
    /// <returns>True if it is not.</returns>
    public static bool operator >=(KubernetesRelease left, KubernetesRelease right) => left.Patch >= right.Patch;
}
