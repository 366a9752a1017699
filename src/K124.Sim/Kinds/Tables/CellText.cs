using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Tables;

/// <summary>Texts that several kinds show in their cells.</summary>
internal static class CellText
{
    public const string None = "<none>";
    public const string Unknown = "<unknown>";
    public const string Unset = "<unset>";

    /// <summary>How many entries of a list are shown before the rest is only counted.</summary>
    public const int ShownEntries = 3;

    /// <summary>How long ago the object was created.</summary>
    public static string Age(JsonObject item, DateTimeOffset now) => Since(item.Metadata(), "creationTimestamp", now);

    /// <summary>How long ago a time of an object was.</summary>
    public static string Since(JsonObject? parent, string name, DateTimeOffset now) =>
        Time(parent, name) is { } time ? HumanDuration.Format(now - time) : Unknown;

    public static DateTimeOffset? Time(JsonObject? parent, string name) =>
        parent.TextOrNull(name) is { } text && TryTime(text, out var time) ? time : null;

    public static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A part of a whole, for example <c>1/3</c>.</summary>
    public static string Fraction(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{part}/{whole}");

    /// <summary>The text, or a stand-in if it is empty.</summary>
    public static string Or(string? text, string standIn) => string.IsNullOrEmpty(text) ? standIn : text;

    /// <summary>Whole numbers and texts as they stand.</summary>
    public static string Plain(JsonNode? node) =>
        JsonTree.AsText(node) ?? (JsonTree.AsNumber(node) is { } number ? Number(number) : "");

    /// <summary>Names of the containers of a pod's spec, then their images.</summary>
    public static (string Names, string Images) Containers(JsonObject? podSpec) =>
        (Joined(podSpec, "containers", "name"), Joined(podSpec, "containers", "image"));

    /// <summary>One member of every object of a list.</summary>
    public static string Joined(JsonObject? parent, string list, string member) =>
        string.Join(',', parent.Items(list).Select(entry => entry.Text(member)));

    /// <summary>Texts of a list.</summary>
    public static string Joined(JsonObject? parent, string list) =>
        string.Join(',', (parent.List(list) ?? []).Select(entry => JsonTree.AsText(entry) ?? ""));

    /// <summary>The first entries of a list and the number of the others.</summary>
    public static string WithMore(IReadOnlyList<string> entries, int total) => total > entries.Count
        ? string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', entries)} + {total - entries.Count} more...")
        : string.Join(',', entries);

    /// <summary>Addresses or host names of a load balancer, sorted.</summary>
    public static string LoadBalancer(JsonObject? status) => string.Join(',', status.Object("loadBalancer").Items("ingress")
        .Select(ingress => Or(ingress.TextOrNull("ip"), ingress.Text("hostname")))
        .Where(address => address.Length > 0)
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal));
}
