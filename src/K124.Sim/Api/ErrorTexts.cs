namespace K124.Sim.Api;

/// <summary>Error texts as components put them together.</summary>
internal static class ErrorTexts
{
    /// <summary>One text of several errors, each once; null if there are none.</summary>
    public static string? Aggregate(IEnumerable<string> errors)
    {
        var distinct = errors.Distinct(StringComparer.Ordinal).ToArray();
        return distinct.Length switch
        {
            0 => null,
            1 => distinct[0],
            _ => $"[{string.Join(", ", distinct)}]",
        };
    }
}
