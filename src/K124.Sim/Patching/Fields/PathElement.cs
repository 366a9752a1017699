using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Patching.Fields;

/// <summary>One step of a path into an object: a member, or an element of a list.</summary>
internal sealed class PathElement : IEquatable<PathElement>, IComparable<PathElement>
{
    private readonly KeyValuePair<string, KeyValue>[] _key;
    private readonly KeyValue _value;
    private readonly int _index;

    private PathElement(PathElementKind kind, string encoded, string name, KeyValuePair<string, KeyValue>[] key, KeyValue value, int index)
    {
        Kind = kind;
        Encoded = encoded;
        Name = name;
        _key = key;
        _value = value;
        _index = index;
    }

    /// <summary>What is named.</summary>
    public PathElementKind Kind { get; }

    /// <summary>The step as <c>fieldsV1</c> writes it, for example <c>f:spec</c> or <c>k:{"name":"c"}</c>.</summary>
    public string Encoded { get; }

    /// <summary>Name of the member; empty for elements of lists.</summary>
    public string Name { get; }

    /// <summary>A member of an object.</summary>
    public static PathElement Field(string name) => new(PathElementKind.Field, "f:" + name, name, [], default, 0);

    /// <summary>The element of a list whose members have the given values.</summary>
    public static PathElement Key(params KeyValuePair<string, KeyValue>[] members)
    {
        Array.Sort(members, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var text = new StringBuilder("k:{");
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            text.Append('"').Append(members[i].Key).Append("\":");
            members[i].Value.AppendJson(text);
        }

        return new(PathElementKind.Key, text.Append('}').ToString(), "", members, default, 0);
    }

    /// <summary>The element of a set that equals a scalar.</summary>
    public static PathElement Value(KeyValue value)
    {
        var text = new StringBuilder("v:");
        value.AppendJson(text);
        return new(PathElementKind.Value, text.ToString(), "", [], value, 0);
    }

    /// <summary>The element of a list at an index.</summary>
    public static PathElement Index(int index) =>
        new(PathElementKind.Index, string.Create(CultureInfo.InvariantCulture, $"i:{index}"), "", [], default, index);

    /// <summary>Reads a step as <c>fieldsV1</c> writes it.</summary>
    /// <param name="encoded">The text.</param>
    /// <param name="element">The step; null if its prefix is not known, which is no error.</param>
    /// <returns>False if the text is malformed.</returns>
    public static bool TryDecode(string encoded, out PathElement? element)
    {
        element = null;
        if (encoded.Length < 2 || encoded[1] != ':')
        {
            return false;
        }

        var rest = encoded[2..];
        switch (encoded[0])
        {
            case 'f':
                element = new(PathElementKind.Field, encoded, rest, [], default, 0);
                return true;
            case 'k':
                return TryDecodeKey(rest, out element);
            case 'v':
                if (GoJson.TryParse(Encoding.UTF8.GetBytes(rest), out var value) is not null)
                {
                    return false;
                }

                element = Value(KeyValue.Of(value));
                return true;
            case 'i':
                if (!int.TryParse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
                {
                    return false;
                }

                element = Index(index);
                return true;
            default:
                return true;
        }
    }

    /// <inheritdoc/>
    public bool Equals(PathElement? other) =>
        ReferenceEquals(this, other) || (other is not null && string.Equals(Encoded, other.Encoded, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PathElement);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Encoded, StringComparison.Ordinal);

    /// <inheritdoc/>
    public int CompareTo(PathElement? other)
    {
        if (ReferenceEquals(this, other))
        {
            return 0;
        }

        if (other is null || Kind != other.Kind)
        {
            return other is null ? 1 : Kind.CompareTo(other.Kind);
        }

        return Kind switch
        {
            PathElementKind.Field => string.CompareOrdinal(Name, other.Name),
            PathElementKind.Key => CompareKeys(_key, other._key),
            PathElementKind.Value => _value.CompareTo(other._value),
            _ => _index.CompareTo(other._index),
        };
    }

    /// <summary>The step as error texts show it, for example <c>.spec</c> or <c>[name="c"]</c>.</summary>
    public override string ToString() => Kind switch
    {
        PathElementKind.Field => "." + Name,
        PathElementKind.Key => "[" + string.Join(',', _key.Select(static m => $"{m.Key}={m.Value}")) + "]",
        PathElementKind.Value => $"[={_value}]",
        _ => string.Create(CultureInfo.InvariantCulture, $"[{_index}]"),
    };

    private static bool TryDecodeKey(string text, out PathElement? element)
    {
        element = null;
        if (GoJson.TryParse(Encoding.UTF8.GetBytes(text), out var node) is not null || node is not JsonObject members)
        {
            return false;
        }

        element = Key([.. members.Select(static m => KeyValuePair.Create(m.Key, KeyValue.Of(m.Value)))]);
        return true;
    }

    private static int CompareKeys(KeyValuePair<string, KeyValue>[] left, KeyValuePair<string, KeyValue>[] right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            var order = string.CompareOrdinal(left[i].Key, right[i].Key);
            if (order == 0)
            {
                order = left[i].Value.CompareTo(right[i].Value);
            }

            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
