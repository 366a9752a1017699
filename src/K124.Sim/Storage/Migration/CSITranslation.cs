using System.Diagnostics.CodeAnalysis;

namespace K124.Sim.Storage.Migration;

/// <summary>What came of a translation between in-tree and CSI objects.</summary>
/// <typeparam name="T">What is translated.</typeparam>
/// <param name="Value">The translated object; null if it cannot be translated.</param>
/// <param name="Error">Why not, in the words of 1.24; null if it can.</param>
public readonly record struct CSITranslation<T>(T? Value, string? Error)
    where T : class
{
    /// <summary>Whether there is a translated object.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Value is not null;
}

internal static class CSITranslation
{
    public static CSITranslation<T> Of<T>(T value)
        where T : class => new(value, null);

    public static CSITranslation<T> Failed<T>(string error)
        where T : class => new(null, error);
}
