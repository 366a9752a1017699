using System.Text.Json.Nodes;
using K124.Sim.Patching.Fields;
using K124.Sim.Patching.Typing;

namespace K124.Sim.Patching.Apply;

/// <summary>The difference between an object and its successor, as it reads in the versions that owners use.</summary>
internal sealed class VersionedComparisons
{
    private readonly FieldManagerOptions _options;
    private readonly JsonObject _before;
    private readonly JsonObject _after;
    private readonly Dictionary<string, Comparison?> _others = new(StringComparer.Ordinal);
    private readonly Comparison _visible;

    /// <summary>Compares two objects in the version of the request.</summary>
    public VersionedComparisons(FieldManagerOptions options, JsonObject before, JsonObject after)
    {
        _options = options;
        _before = before;
        _after = after;
        Own = Comparer.Compare(before, after, options.TypeOf(options.ApiVersion, options.Kind)!);
        _visible = Own.Excluding(Reset(options.ApiVersion));
    }

    /// <summary>The whole difference in the version of the request.</summary>
    public Comparison Own { get; }

    /// <summary>The difference in a version, without the fields that the request cannot set.</summary>
    /// <returns>False if that version is not there any more.</returns>
    public bool TryGet(string apiVersion, out Comparison difference)
    {
        if (apiVersion == _options.ApiVersion)
        {
            difference = _visible;
            return true;
        }

        if (!_others.TryGetValue(apiVersion, out var known))
        {
            known = Compare(apiVersion);
            _others.Add(apiVersion, known);
        }

        difference = known.GetValueOrDefault();
        return known is not null;
    }

    private Comparison? Compare(string apiVersion)
    {
        if (_options.TypeOf(apiVersion, _options.Kind) is not { } type
            || _options.Convert(_before, apiVersion) is not { } before
            || _options.Convert(_after, apiVersion) is not { } after)
        {
            return null;
        }

        return Comparer.Compare(before, after, type).Excluding(Reset(apiVersion));
    }

    private FieldSet Reset(string apiVersion) => _options.ResetFields.GetValueOrDefault(apiVersion, FieldSet.Empty);
}
