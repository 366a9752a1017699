namespace K124.Sim.Preflight;

/// <summary>Paths of a node.</summary>
internal static class HostPaths
{
    /// <summary>A path without doubled and closing slashes, and without dots.</summary>
    public static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ".."))
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }

    /// <summary>Whether a clean path lies below another.</summary>
    public static bool IsBelow(string path, string above) =>
        above == "/" ? path != "/" : path.Length > above.Length && path[above.Length] == '/' && path.StartsWith(above, StringComparison.Ordinal);
}
