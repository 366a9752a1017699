using System.Globalization;
using System.Text.Json.Nodes;

namespace K124.Sim.Preflight;

/// <summary>A field of an object, there or not, that knows its path.</summary>
internal sealed class TreeField
{
    private readonly TreeField? _parent;
    private readonly string _name;
    private readonly int _index;

    /// <summary>The object itself.</summary>
    public TreeField(JsonNode? root)
        : this(null, "", -1, root)
    {
    }

    private TreeField(TreeField? parent, string name, int index, JsonNode? node) => (_parent, _name, _index, Node) = (parent, name, index, node);

    /// <summary>Its content; null if it is not there.</summary>
    public JsonNode? Node { get; }

    /// <summary>Whether it is there.</summary>
    public bool Exists => Node is not null;

    /// <summary>Its text; empty if it holds none.</summary>
    public string Text => Node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    /// <summary>Its number; null if it holds none.</summary>
    public long? Number => Node is JsonValue value && value.TryGetValue(out long number) ? number : null;

    /// <summary>Whether it holds true.</summary>
    public bool IsTrue => Node is JsonValue value && value.TryGetValue(out bool flag) && flag;

    /// <summary>Path from the object.</summary>
    public string Path
    {
        get
        {
            var parent = _parent?.Path ?? "";
            if (_index >= 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{parent}[{_index}]");
            }

            return _name.AsSpan().IndexOfAny('.', '/') >= 0 ? $"{parent}[{_name}]" : parent.Length == 0 ? _name : $"{parent}.{_name}";
        }
    }

    /// <summary>A member.</summary>
    public TreeField this[string name] => new(this, name, -1, Node is JsonObject tree ? tree[name] : null);

    /// <summary>The elements of a list.</summary>
    public IEnumerable<TreeField> Items()
    {
        if (Node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                yield return new(this, "", i, list[i]);
            }
        }
    }

    /// <summary>The members of a map.</summary>
    public IEnumerable<(string Key, TreeField Value)> Members()
    {
        if (Node is JsonObject tree)
        {
            foreach (var (name, value) in tree)
            {
                yield return (name, new(this, name, -1, value));
            }
        }
    }

    /// <summary>The texts of a list.</summary>
    public IEnumerable<string> Texts() => Items().Select(static item => item.Text);
}
