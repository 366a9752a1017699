using System.Collections.Immutable;

namespace K124.Sim.Preflight;

/// <summary>A flag on a command line.</summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="Value">Its value; <c>true</c> if it has none.</param>
/// <param name="Path">Where the command line names it.</param>
internal sealed record ComponentFlag(string Name, string Value, string Path);

/// <summary>A component of the control plane and its command line, as its pod shows them.</summary>
/// <param name="Component">For example <c>kube-apiserver</c>.</param>
/// <param name="Item">The pod, or what makes it.</param>
/// <param name="Image">The image that it is run from.</param>
/// <param name="Flags">The flags, in their order.</param>
internal sealed record ComponentLine(string Component, PreflightItem Item, TreeField Image, ImmutableArray<ComponentFlag> Flags)
{
    public const string ApiServer = "kube-apiserver";
    public const string ControllerManager = "kube-controller-manager";
    public const string CloudControllerManager = "cloud-controller-manager";
    public const string Scheduler = "kube-scheduler";
    public const string Etcd = "etcd";

    private static readonly ImmutableArray<string> Known = [ApiServer, ControllerManager, CloudControllerManager, Scheduler, Etcd, "kube-proxy"];

    /// <summary>The last flag of a name; null if it is not given.</summary>
    public ComponentFlag? Find(string name) => Flags.LastOrDefault(flag => flag.Name == name);

    /// <summary>The components that an object runs.</summary>
    public static IEnumerable<ComponentLine> Of(PreflightItem item)
    {
        if (PodSpecs.Of(item) is not { } spec)
        {
            yield break;
        }

        foreach (var container in spec["containers"].Items())
        {
            TreeField[] words = [.. container["command"].Items(), .. container["args"].Items()];
            var program = words.Length == 0 ? "" : words[0].Text[(words[0].Text.LastIndexOf('/') + 1)..];
            if (Known.FirstOrDefault(name => name == program || name == container["name"].Text) is { } component)
            {
                yield return new(component, item, container["image"], [.. FlagsOf(words)]);
            }
        }
    }

    private static IEnumerable<ComponentFlag> FlagsOf(TreeField[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var text = words[i].Text;
            if (!text.StartsWith("--", StringComparison.Ordinal))
            {
                continue;
            }

            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? text[2..] : text[2..equals]).Replace('_', '-');
            var takesNext = equals < 0 && i + 1 < words.Length && !words[i + 1].Text.StartsWith('-');
            yield return new(name, equals >= 0 ? text[(equals + 1)..] : takesNext ? words[i + 1].Text : "true", words[i].Path);
        }
    }
}
