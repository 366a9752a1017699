namespace K124.Sim.Manifests.Internal;

/// <summary>For a JSON text made from YAML: where each token ends, and the YAML line that it comes from.</summary>
internal sealed class YamlLines
{
    private readonly List<int> _ends = [];
    private readonly List<long> _lines = [];

    public void Clear()
    {
        _ends.Clear();
        _lines.Clear();
    }

    public void Add(int end, long line)
    {
        _ends.Add(end);
        _lines.Add(line);
    }

    public long LineOf(int position)
    {
        var index = _ends.BinarySearch(position);
        return _lines[Math.Min(index < 0 ? ~index : index, _lines.Count - 1)];
    }

    public YamlLines Copy()
    {
        var copy = new YamlLines();
        copy._ends.AddRange(_ends);
        copy._lines.AddRange(_lines);
        return copy;
    }
}
