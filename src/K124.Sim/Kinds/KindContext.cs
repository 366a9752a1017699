using K124.Sim.Kinds.Admission;
using K124.Sim.Platform;

namespace K124.Sim.Kinds;

/// <summary>What the handling of one request sees of its surroundings, and what it says beside its result.</summary>
internal sealed class KindContext
{
    private readonly List<string> _warnings = [];
    private readonly List<QuotaCharge> _quotaCharges = [];

    /// <summary>Objects that are stored.</summary>
    public required IObjectReader Objects { get; init; }

    /// <summary>The time, as objects carry it: RFC 3339, whole seconds, UTC.</summary>
    public required string Now { get; init; }

    /// <summary>Uids and generated names.</summary>
    public required INameSource Names { get; init; }

    /// <summary>Who asks.</summary>
    public UserInfo User { get; init; } = UserInfo.Admin;

    /// <summary>The body as it came; null before one is handled.</summary>
    public System.Text.Json.Nodes.JsonObject? Sent { get; set; }

    /// <summary>The bytes of the raw member that the request carries, as text; null if they are what the server itself writes.</summary>
    public string? SentRaw { get; set; }

    /// <summary>The same of the stored object.</summary>
    public string? StoredRaw { get; set; }

    /// <summary>Whether nothing will be stored.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The server's feature gates.</summary>
    public FeatureGates Gates { get; init; } = FeatureGates.Default;

    /// <summary>The admission plugins that are on.</summary>
    public AdmissionChain Admission { get; init; } = AdmissionChain.Default;

    /// <summary>Whether the server allows privileged containers.</summary>
    public bool AllowsPrivileged { get; init; } = true;

    /// <summary>Finds a time zone by its IANA name; null where there is none.</summary>
    public Func<string, TimeZoneInfo?> TimeZones { get; init; } = FindTimeZone;

    /// <summary>Texts of the warnings, in their order, each once.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>New usage of the quotas that the request is charged to.</summary>
    public IReadOnlyList<QuotaCharge> QuotaCharges => _quotaCharges;

    /// <summary>Adds a warning, unless its text was given before.</summary>
    /// <param name="text">The text.</param>
    public void Warn(string text)
    {
        if (!_warnings.Contains(text))
        {
            _warnings.Add(text);
        }
    }

    /// <summary>Adds the new usage of a quota.</summary>
    /// <param name="charge">The usage.</param>
    public void Charge(QuotaCharge charge) => _quotaCharges.Add(charge);

    /// <summary>By the very IANA name: .NET knows Windows' names, too, and looks past capitals.</summary>
    private static TimeZoneInfo? FindTimeZone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name ? zone : null;
}
