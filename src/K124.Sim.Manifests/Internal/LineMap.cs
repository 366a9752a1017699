namespace K124.Sim.Manifests.Internal;

/// <summary>Finds the line of a position in a JSON text: by counting, or from a table if the JSON was made from YAML.</summary>
internal readonly struct LineMap
{
    private readonly long _firstLine;
    private readonly YamlLines? _yaml;
    private readonly int _offset;

    public LineMap(long firstLine) => _firstLine = firstLine;

    public LineMap(YamlLines yaml) => _yaml = yaml;

    private LineMap(YamlLines yaml, int offset)
    {
        _yaml = yaml;
        _offset = offset;
    }

    public bool IsYaml => _yaml is not null;

    public long LineOf(ReadOnlySpan<byte> json, int position) => _yaml?.LineOf(_offset + position) ?? _firstLine + json[..position].Count((byte)'\n');

    /// <summary>The map of the part of the text that begins at a position.</summary>
    public LineMap From(ReadOnlySpan<byte> json, int position) =>
        _yaml is null ? new(LineOf(json, position)) : new(_yaml, _offset + position);

    /// <summary>A map that stays valid when the table is used for the next text.</summary>
    public LineMap Keep() => _yaml is null ? this : new(_yaml.Copy(), _offset);
}
