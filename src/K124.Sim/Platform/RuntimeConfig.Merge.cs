using System.Collections.Immutable;
using K124.Sim.Text;

namespace K124.Sim.Platform;

internal sealed partial record RuntimeConfig
{
    private readonly record struct Preference(string GroupVersion, string? Resource, bool IsEnabled);

    /// <summary>Lays the switches over the defaults of 1.24.</summary>
    /// <returns>The switches of the server; or, if some cannot be, every error it may stop at: it meets them in no fixed order.</returns>
    public (ApiSwitches Switches, ImmutableArray<string> Errors) Merge()
    {
        var switches = ApiSwitches.Default;
        var errors = ImmutableArray.CreateBuilder<string>();
        foreach (var (key, matches) in Stages.Select(stage => (stage.Key, Matcher(stage.Letters))).Prepend((All, static _ => true)))
        {
            switch (Values.GetValueOrDefault(key))
            {
                case null: break;
                case "true": switches = switches.WithMatching(matches, isEnabled: true); break;
                case "false": switches = switches.WithMatching(matches, isEnabled: false); break;
                case var value: errors.Add($"invalid value {key}={value}"); break;
            }
        }

        // The special keys are read first: an error of theirs hides all others.
        if (errors.Count > 0)
        {
            return (switches, [errors[0]]);
        }

        var preferences = ReadPreferences(errors);
        foreach (var (groupVersion, _, isEnabled) in preferences.Where(preference => preference.Resource is null))
        {
            switches = switches.WithVersion(groupVersion, isEnabled);
        }

        foreach (var (groupVersion, resource, isEnabled) in preferences.Where(preference => preference.Resource is not null))
        {
            switches = switches.WithResource($"{groupVersion}/{resource}", isEnabled);
        }

        return (switches, errors.ToImmutable());
    }

    private List<Preference> ReadPreferences(ImmutableArray<string>.Builder errors)
    {
        var preferences = new List<Preference>();
        foreach (var (key, value) in Values)
        {
            var parts = key.Split('/');
            if (IsStageKey(key) || parts.Length is < 2 or > 3 || !RegisteredApis.IsMergedGroup(parts[0]))
            {
                continue;
            }

            var groupVersion = parts[0].Length == 0 ? parts[1] : $"{parts[0]}/{parts[1]}";
            var resource = parts.Length == 3 ? parts[2] : null;
            if (!RegisteredApis.IsRegistered(groupVersion))
            {
                errors.Add($"group version {groupVersion} that has not been registered");
            }
            else if ((value.Length == 0 ? true : FeatureGates.ParseBool(value)) is not { } isEnabled)
            {
                errors.Add($"invalid value of {key}: {value}, err: strconv.ParseBool: parsing {GoText.Quote(value)}: invalid syntax");
            }
            else if (resource is not null && resource.Any(char.IsUpper))
            {
                errors.Add($"invalid key {key}: group/version/resource and resource is always lowercase plural, not \"{resource}\"");
            }
            else
            {
                preferences.Add(new(groupVersion, resource, isEnabled));
            }
        }

        return preferences;
    }

    /// <summary>Matches versions such as v1 or v2beta1 by the letters of their stage.</summary>
    private static Func<string, bool> Matcher(string letters) => groupVersion =>
    {
        var version = groupVersion[(groupVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return ApiVersionName.TryParse(version, out var name) && name.Stage == letters;
    };
}
