using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>A CustomResourceDefinition as the server reads it.</summary>
internal sealed partial class CustomResourceDefinition
{
    private CustomResourceDefinition(JsonObject tree)
    {
        var spec = tree.Object("spec");
        var names = tree.Object("status", "acceptedNames") is { Count: > 0 } accepted && accepted.Text("plural").Length > 0 ? accepted : spec.Object("names");
        Name = tree.Object("metadata").Text("name");
        Uid = tree.Object("metadata").Text("uid");
        Group = spec.Text("group");
        Kind = names.Text("kind");
        ListKind = names.Text("listKind");
        Plural = names.Text("plural");
        Singular = names.Text("singular");
        ShortNames = [.. names.Texts("shortNames")];
        Categories = [.. names.Texts("categories")];
        IsNamespaced = spec.Text("scope") == "Namespaced";
        ConvertsByWebhook = spec.Object("conversion").Text("strategy") == "Webhook";
        IsEstablished = CustomResourceConditions.IsTrue(tree, "Established");
        IsTerminating = CustomResourceConditions.IsTrue(tree, "Terminating");
        var versions = ImmutableArray.CreateBuilder<CustomResourceVersion>();
        foreach (var version in spec.Objects("versions"))
        {
            versions.Add(new(version));
        }

        Versions = versions.ToImmutable();
    }

    /// <summary>Name of the definition.</summary>
    public string Name { get; }

    /// <summary>Uid of the definition.</summary>
    public string Uid { get; }

    /// <summary>Group.</summary>
    public string Group { get; }

    /// <summary>Kind.</summary>
    public string Kind { get; }

    /// <summary>Kind of lists.</summary>
    public string ListKind { get; }

    /// <summary>Plural.</summary>
    public string Plural { get; }

    /// <summary>Singular.</summary>
    public string Singular { get; }

    /// <summary>Short names.</summary>
    public ImmutableArray<string> ShortNames { get; }

    /// <summary>Categories.</summary>
    public ImmutableArray<string> Categories { get; }

    /// <summary>Whether the objects live in namespaces.</summary>
    public bool IsNamespaced { get; }

    /// <summary>Whether a webhook converts between versions; otherwise only the version's name changes.</summary>
    public bool ConvertsByWebhook { get; }

    /// <summary>Whether objects are served.</summary>
    public bool IsEstablished { get; }

    /// <summary>Whether the definition is going away; objects can then not be created.</summary>
    public bool IsTerminating { get; }

    /// <summary>The versions.</summary>
    public ImmutableArray<CustomResourceVersion> Versions { get; }

    /// <summary>The version in which objects are stored.</summary>
    public CustomResourceVersion StorageVersion => Versions.First(static v => v.IsStorage);

    /// <summary>The served versions in the order of preference: general availability first, newest first.</summary>
    public IEnumerable<CustomResourceVersion> ServedVersions =>
        Versions.Where(static v => v.IsServed).OrderByDescending(static v => Rank(v.Name)).ThenBy(static v => v.Name, StringComparer.Ordinal);

    /// <summary>Reads a definition in the form of apiextensions.k8s.io/v1.</summary>
    public static CustomResourceDefinition Of(JsonObject tree) => new(tree);

    /// <summary>A version by name; null if there is none.</summary>
    public CustomResourceVersion? Version(string name) => Versions.FirstOrDefault(v => v.Name == name);

    /// <summary>Warning for the use of a version; empty if it is not deprecated.</summary>
    public string WarningFor(CustomResourceVersion version)
    {
        if (!version.IsDeprecated)
        {
            return "";
        }

        if (version.DeprecationWarning.Length > 0)
        {
            return version.DeprecationWarning;
        }

        var warning = $"{Group}/{version.Name} {Kind} is deprecated";
        var better = ServedVersions.FirstOrDefault(v => !v.IsDeprecated && Rank(v.Name).CompareTo(Rank(version.Name)) > 0);
        return better is null ? warning : $"{warning}; use {Group}/{better.Name} {Kind}";
    }

    /// <summary>The resource that a version serves.</summary>
    public ResourceType ResourceOf(CustomResourceVersion version) => new()
    {
        Group = Group,
        Version = version.Name,
        Plural = Plural,
        Kind = Kind,
        Singular = Singular,
        IsNamespaced = IsNamespaced,
        ShortNames = ShortNames,
        Categories = Categories,
        Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
        Subresources = [.. (IEnumerable<string>)[.. version.HasStatus ? ["status"] : (string[])[], .. version.Scale is null ? (string[])[] : ["scale"]]],
    };

    /// <summary>How a version ranks among others: stable ones above beta, beta above alpha, each by number; other names last.</summary>
    internal static (int Stability, int Major, int Minor) Rank(string version)
    {
        var match = KubernetesVersion().Match(version);
        if (!match.Success)
        {
            return (0, 0, 0);
        }

        var stability = match.Groups[2].Value switch
        {
            "" => 3,
            "beta" => 2,
            _ => 1,
        };
        return (stability, Number(match.Groups[1].Value), Number(match.Groups[3].Value));
    }

    private static int Number(string digits) =>
        int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\Av([1-9][0-9]*)(?:(alpha|beta)([1-9][0-9]*))?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KubernetesVersion();
}
