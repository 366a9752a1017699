namespace K124.Sim.Tests.Architecture;

/// <summary>Which folder may use which: each knows what stands before it, never what stands after it.</summary>
internal static class Arrows
{
    private const string Library = "K124.Sim";
    private const string InternalFolder = "Internal";

    /// <summary>From the bottom to the top; folders of one rank do not know each other.</summary>
    private static readonly string[][] Ranks =
    [
        ["", "Collections", "Time", "Text"],
        ["Model"],
        ["Platform"],
        ["Api"],
        ["Kinds"],
        ["Patching"],
        ["Pods"],
        ["Networking", "Storage", "Batch", "Workloads", "Policy", "Nodes", "Collecting"],
        ["Scheduling"],
        ["ControlPlane"],
        ["Planning", "Preflight"],
        ["Manifests"],
        ["ApiServer", "Testing", "Conformance", "Sweeps", "Reports"],
        ["Cli"],
    ];

    private static readonly string[] Behaviours = ["Networking", "Storage", "Scheduling", "Batch", "Workloads", "Policy", "Nodes", "Collecting"];

    private static readonly string[] Bottom = Ranks[0];

    /// <summary>What is wrong with one namespace using another; null if nothing.</summary>
    public static string? Problem(string user, string used)
    {
        if (InternalOwner(used) is { } owner && !IsInside(user, owner))
        {
            return $"{user} -> {used}: only {owner} may use it";
        }

        var (from, to) = (FolderOf(user), FolderOf(used));
        if (from == to || (Bottom.Contains(from) && Bottom.Contains(to)))
        {
            return null;
        }

        if (Rank(from) < 0 || Rank(to) < 0)
        {
            return $"{user} -> {used}: '{(Rank(from) < 0 ? from : to)}' has no place in the order of folders";
        }

        // Of the behaviours, only scheduling knows another one.
        var isAcross = Behaviours.Contains(from) && Behaviours.Contains(to) && (from, to) != ("Scheduling", "Storage");
        return Rank(to) < Rank(from) && !isAcross ? null : $"{user} -> {used}";
    }

    /// <summary>The folder of a namespace: the first part after the library's name.</summary>
    public static string FolderOf(string ns) => ns.Length > Library.Length ? ns[(Library.Length + 1)..].Split('.')[0] : "";

    private static int Rank(string folder) => Array.FindIndex(Ranks, rank => rank.Contains(folder));

    private static string? InternalOwner(string ns)
    {
        var parts = ns.Split('.');
        var at = Array.IndexOf(parts, InternalFolder);
        return at < 0 ? null : string.Join('.', parts[..at]);
    }

    private static bool IsInside(string ns, string owner) => ns == owner || ns.StartsWith(owner + ".", StringComparison.Ordinal);
}
