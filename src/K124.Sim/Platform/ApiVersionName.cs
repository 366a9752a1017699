using System.Globalization;

namespace K124.Sim.Platform;

/// <summary>The name of a version, such as v1 or v2beta1.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Stage"><c>alpha</c>, <c>beta</c>, or empty for a stable version.</param>
/// <param name="Minor">The number after the stage; 0 for a stable version.</param>
internal readonly record struct ApiVersionName(int Major, string Stage, int Minor)
{
    /// <summary>Reads a name.</summary>
    public static bool TryParse(string text, out ApiVersionName name)
    {
        name = default;
        if (!text.StartsWith('v'))
        {
            return false;
        }

        var stage = text.Contains("alpha", StringComparison.Ordinal) ? "alpha" : text.Contains("beta", StringComparison.Ordinal) ? "beta" : "";
        var numbers = stage.Length == 0 ? [text[1..]] : text[1..].Split(stage);
        var minor = 0;
        if (!TryNumber(numbers[0], out var major) || (stage.Length > 0 && (numbers.Length != 2 || !TryNumber(numbers[1], out minor))))
        {
            return false;
        }

        name = new(major, stage, minor);
        return true;
    }

    /// <summary>Orders names as discovery does: stable before beta before alpha, newer first; anything else last, by its letters.</summary>
    public static int Compare(string left, string right)
    {
        var isLeft = TryParse(left, out var leftName);
        var isRight = TryParse(right, out var rightName);
        return (isLeft, isRight) switch
        {
            (true, true) => rightName.Rank().CompareTo(leftName.Rank()),
            (false, false) => string.CompareOrdinal(left, right),
            _ => isLeft ? -1 : 1,
        };
    }

    private (int Stage, int Major, int Minor) Rank() => (Stage switch { "" => 2, "beta" => 1, _ => 0 }, Major, Minor);

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
