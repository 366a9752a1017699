using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Model.Json;

namespace K124.Sim.Manifests.Internal;

/// <summary>Takes JSON objects from the readers of JSON and YAML: unwraps lists, decodes, checks, and keeps what is modelled.</summary>
internal sealed class ItemCollector : IItemSink
{
    private const string DefaultNamespace = "default";
    private const int DeepestList = 8;

    private readonly ManifestOptions _options;
    private readonly ObjectDecoder _decoder;
    private readonly ObjectScanner _scanner;
    private readonly Dictionary<(string ApiVersion, string Kind), ApiKind?> _kinds = [];
    private readonly Dictionary<(string ApiVersion, string Kind), long> _unknown = [];
    private readonly Dictionary<(ApiKind Kind, ObjectKey Key), Origin> _origins = [];
    private readonly List<IApiObject> _objects = [];
    private readonly List<ManifestError> _errors = [];
    private readonly List<ManifestError> _passedOver = [];
    private readonly SortedDictionary<string, (int Objects, SortedSet<string> Paths)> _newerFields = new(StringComparer.Ordinal);
    private long _usedBeforeFile;
    private long _passedOverCount;
    private readonly Stack<OpenList> _lists = new();
    private string _file = "";
    private int _document;

    public ItemCollector(ManifestOptions options, StringPool pool)
    {
        _options = options;
        _decoder = new(pool);
        _scanner = new(pool, options);
    }

    public int Count => _objects.Count;

    public long ErrorCount { get; private set; }

    public void BeginFile(string file)
    {
        _file = file;
        _document = 0;
        _usedBeforeFile = Used;
        _lists.Clear();
    }

    private long Used => _objects.Count + _unknown.Values.Sum();

    public void BeginDocument() => _document++;

    /// <summary>Begins a list; its version and kind may follow its items.</summary>
    public void BeginList(in ObjectHead head) => _lists.Push(new(head));

    /// <summary>Ends a list, of which all is known now.</summary>
    public void EndList(in ObjectHead head)
    {
        var list = _lists.Pop();
        foreach (var (json, itemHead, lines) in list.Pending)
        {
            AcceptItem(json, itemHead, lines, head);
        }
    }

    /// <summary>Takes one object: an item of the list that was begun last, or a document of its own.</summary>
    public void Accept(ReadOnlySpan<byte> json, in ObjectHead head, LineMap lines)
    {
        if (!_lists.TryPeek(out var list))
        {
            AcceptItem(json, head, lines, default);
        }
        else if (list.Pending.Count > 0 || (list.Head.Kind is null && (head.Kind is null || head.ApiVersion is null)))
        {
            list.Pending.Add((json.ToArray(), head, lines.Keep()));
        }
        else
        {
            AcceptItem(json, head, lines, list.Head);
        }
    }

    /// <summary>Reports an error of the text itself, after which the file cannot be read on.</summary>
    public void ReportSyntax(string message, long? line)
    {
        // A text in which no object was found is no text of Kubernetes.
        var error = new ManifestError(message) { File = _file, Line = line, Document = _document == 0 ? null : _document, IsForeign = Used == _usedBeforeFile };
        ReportOrPassOver(error);
    }

    private void ReportOrPassOver(ManifestError error)
    {
        if (!error.IsForeign || !_options.PassOverForeign)
        {
            Report(error);
            return;
        }

        _passedOverCount++;
        if (_passedOver.Count < _options.ErrorLimit)
        {
            _passedOver.Add(error);
        }
    }

    public void Report(ManifestError error)
    {
        ErrorCount++;
        if (_errors.Count < _options.ErrorLimit)
        {
            _errors.Add(error);
        }
    }

    /// <summary>Reports every running pod on a node that is not among the objects.</summary>
    public void CheckNodeNames()
    {
        var nodes = _objects.OfType<Node>().Select(node => node.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        if (nodes.Count == 0)
        {
            return;
        }

        foreach (var pod in _objects.OfType<Pod>())
        {
            if (pod.Spec.NodeName.Length > 0 && pod.Status.Phase is not ("Succeeded" or "Failed") && !nodes.Contains(pod.Spec.NodeName))
            {
                var origin = _origins[(_kinds[(pod.ApiVersion, pod.Kind)]!, ObjectKey.Of(pod))];
                Report(new($"there is no node '{pod.Spec.NodeName}'")
                {
                    File = origin.File,
                    Line = origin.Line,
                    Document = origin.Document,
                    Object = $"{pod.Kind} {ObjectKey.Of(pod)}",
                    Path = "spec.nodeName",
                });
            }
        }
    }

    public ManifestResult Finish(int files, long bytes) => new(
        [.. _objects],
        [.. _errors],
        ErrorCount,
        [.. _unknown
            .Select(entry => new UnknownKind(entry.Key.ApiVersion, entry.Key.Kind, entry.Value))
            .OrderBy(unknown => unknown.ApiVersion, StringComparer.Ordinal)
            .ThenBy(unknown => unknown.Kind, StringComparer.Ordinal)],
        new()
        {
            Files = files,
            Bytes = bytes,
            Objects = _objects.GroupBy(item => item.Kind).Select(group => KeyValuePair.Create(group.Key, group.LongCount())).ToStringMap(),
        })
    {
        PassedOver = [.. _passedOver],
        PassedOverCount = _passedOverCount,
        Notes = [.. _newerFields.Select(static entry => NoteOf(entry.Key, entry.Value.Objects, entry.Value.Paths))],
    };

    private static string NoteOf(string kind, int objects, SortedSet<string> paths)
    {
        var noun = kind == nameof(Pod) ? "pod" : kind;
        return FormattableString.Invariant($"{objects} {noun}{(objects == 1 ? " has" : "s have")} fields that 1.24 does not know: {string.Join(", ", paths)}");
    }

    private static string? ItemKind(in ObjectHead list) =>
        list.Kind is { Length: > 4 } kind && kind.EndsWith("List", StringComparison.Ordinal) ? kind[..^4] : null;

    private void AcceptItem(ReadOnlySpan<byte> json, in ObjectHead head, LineMap lines, in ObjectHead list)
    {
        if (head.HasItems)
        {
            AcceptList(json, lines);
            return;
        }

        var kindName = head.Kind ?? ItemKind(list);
        var apiVersion = head.ApiVersion ?? (ItemKind(list) is null ? null : list.ApiVersion);
        if (string.IsNullOrEmpty(kindName) || string.IsNullOrEmpty(apiVersion))
        {
            Report(json, lines, kindName ?? "", new(0, string.IsNullOrEmpty(kindName) ? "kind" : "apiVersion", "required, but missing"), isForeign: true);
        }
        else if (Find(apiVersion, kindName) is { } kind)
        {
            AcceptModelled(json, head, lines, kind, apiVersion);
        }
        else if (kindName.EndsWith("List", StringComparison.Ordinal))
        {
            AcceptListWithoutItems(json, lines, kindName);
        }
        else
        {
            _unknown[(apiVersion, kindName)] = _unknown.GetValueOrDefault((apiVersion, kindName)) + 1;
        }
    }

    private void AcceptList(ReadOnlySpan<byte> json, LineMap lines)
    {
        if (_lists.Count >= DeepestList)
        {
            Report(json, lines, "", new(0, "", $"lists are nested more than {DeepestList} deep"));
            return;
        }

        using var stream = new MemoryStream(json.ToArray(), writable: false);
        new JsonDocumentReader(stream, json.Length + 1, _options, _scanner, this, lines).ReadAll();
    }

    private void AcceptListWithoutItems(ReadOnlySpan<byte> json, LineMap lines, string kind)
    {
        if (_decoder.ItemsDefect(json) is { } defect)
        {
            Report(json, lines, kind, defect);
        }
    }

    private void AcceptModelled(ReadOnlySpan<byte> json, in ObjectHead head, LineMap lines, ApiKind kind, string apiVersion)
    {
        if (_decoder.Decode(json, head, kind, out var defect) is not { } item)
        {
            Report(json, lines, kind.Kind, defect);
            return;
        }

        var metadata = item.Metadata;
        if (metadata.Name.Length == 0)
        {
            Report(json, lines, kind.Kind, new(0, "metadata.name", "required, but missing"));
            return;
        }

        var space = !kind.IsNamespaced ? "" : metadata.Namespace.Length == 0 ? DefaultNamespace : metadata.Namespace;
        if (space != metadata.Namespace || apiVersion != item.ApiVersion)
        {
            item = item.With(apiVersion, space == metadata.Namespace ? metadata : metadata with { Namespace = space });
        }

        var key = ObjectKey.Of(item);
        var origin = new Origin(_file, lines.LineOf(json, 0), _document);
        if (_origins.TryAdd((kind, key), origin))
        {
            _objects.Add(item);
            if (head.MayHaveNewerFields)
            {
                NoteNewerFields(json, kind);
            }
        }
        else
        {
            Report(json, lines, kind.Kind, new(0, "", $"defined twice; first in {_origins[(kind, key)]}"), $"{kind.Kind} {key}", isForeign: true);
        }
    }

    private void NoteNewerFields(ReadOnlySpan<byte> json, ApiKind kind)
    {
        string[] paths = [.. _decoder.NewerFieldsIn(json, kind)];
        if (paths.Length > 0)
        {
            var (objects, all) = _newerFields.GetValueOrDefault(kind.Kind, (0, new(StringComparer.Ordinal)));
            all.UnionWith(paths);
            _newerFields[kind.Kind] = (objects + 1, all);
        }
    }

    private void Report(ReadOnlySpan<byte> json, LineMap lines, string kind, Defect defect, string? name = null, bool isForeign = false) => ReportOrPassOver(new(defect.Message)
    {
        IsForeign = isForeign,
        File = _file,
        Line = lines.LineOf(json, defect.Position),
        Document = _document,
        Object = name ?? _decoder.Describe(json, kind),
        Path = defect.Path,
    });

    private ApiKind? Find(string apiVersion, string kind)
    {
        if (!_kinds.TryGetValue((apiVersion, kind), out var result))
        {
            result = ApiKind.Find(apiVersion, kind);
            _kinds.Add((apiVersion, kind), result);
        }

        return result;
    }

    private readonly record struct Origin(string File, long Line, int Document)
    {
        public override string ToString() => File.Length == 0 ? $"line {Line}" : $"{File}:{Line}";
    }

    private sealed class OpenList(ObjectHead head)
    {
        public ObjectHead Head { get; } = head;

        /// <summary>Items that wait for the list's kind, and what follows them.</summary>
        public List<(byte[] Json, ObjectHead Head, LineMap Lines)> Pending { get; } = [];
    }
}
