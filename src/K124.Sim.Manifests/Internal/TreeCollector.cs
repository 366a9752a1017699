using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Model.Json;

namespace K124.Sim.Manifests.Internal;

/// <summary>Keeps objects of any kind as trees, with their lists unwrapped.</summary>
internal sealed class TreeCollector(ManifestOptions options) : IItemSink
{
    private static readonly JsonDocumentOptions TreeOptions = new() { MaxDepth = ModelJsonOptions.MaxDepth };

    private readonly ObjectScanner _scanner = new(new(), options);
    private readonly Stack<int> _listStarts = new();
    private readonly List<ManifestTree> _trees = [];
    private readonly List<ManifestError> _errors = [];
    private string _file = "";
    private int _document;

    public int Count => _trees.Count;

    public ManifestTrees Finish() => new([.. _trees], [.. _errors]);

    public void BeginFile(string file)
    {
        (_file, _document) = (file, 0);
        _listStarts.Clear();
    }

    public void BeginDocument() => _document++;

    public void BeginList(in ObjectHead head) => _listStarts.Push(_trees.Count);

    public void EndList(in ObjectHead head)
    {
        // Items of a typed list need not say what they are.
        var kind = head.Kind is { Length: > 4 } list && list.EndsWith("List", StringComparison.Ordinal) ? list[..^4] : null;
        for (var i = _listStarts.Pop(); i < _trees.Count && kind is not null; i++)
        {
            SetIfAbsent(_trees[i].Content, "kind", kind);
            SetIfAbsent(_trees[i].Content, "apiVersion", head.ApiVersion ?? "");
        }
    }

    public void Accept(ReadOnlySpan<byte> json, in ObjectHead head, LineMap lines)
    {
        if (head.HasItems)
        {
            using var stream = new MemoryStream(json.ToArray(), writable: false);
            new JsonDocumentReader(stream, json.Length + 1, options, _scanner, this, lines).ReadAll();
            return;
        }

        try
        {
            var tree = JsonNode.Parse(json, documentOptions: TreeOptions) as JsonObject;
            if (head.Kind is null && StepObject(tree) is { } applied)
            {
                tree = applied;
            }

            if (tree is null || (tree["kind"] is null && _listStarts.Count == 0))
            {
                Report(new("required, but missing") { File = _file, Line = lines.LineOf(json, 0), Document = _document, Path = "kind", IsForeign = true });
                return;
            }

            _trees.Add(new(tree, _file, lines.LineOf(json, 0)));
        }
        catch (JsonException exception)
        {
            ReportSyntax($"not JSON: {exception.Message}", lines.LineOf(json, 0));
        }
    }

    public void ReportSyntax(string message, long? line) =>
        Report(new(message) { File = _file, Line = line, Document = _document == 0 ? null : _document, IsForeign = true });

    public void Report(ManifestError error)
    {
        if (_errors.Count < options.ErrorLimit)
        {
            _errors.Add(error);
        }
    }

    /// <summary>The object of a timed step, as scripts of runs have them.</summary>
    private static JsonObject? StepObject(JsonObject? tree)
    {
        if (tree?["op"] is null || tree["object"] is not JsonObject applied)
        {
            return null;
        }

        tree.Remove("object");
        return applied;
    }

    private static void SetIfAbsent(JsonObject tree, string name, string value)
    {
        if (tree[name] is null)
        {
            tree[name] = value;
        }
    }
}
