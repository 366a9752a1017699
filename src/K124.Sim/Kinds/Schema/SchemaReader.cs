using System.Collections.Immutable;

namespace K124.Sim.Kinds.Schema;

/// <summary>Reads the table of types; its head tells the form.</summary>
internal sealed class SchemaReader
{
    private readonly Dictionary<string, SchemaType> _types = new(StringComparer.Ordinal);
    private readonly List<SchemaField> _fields = [];
    private readonly List<SchemaUnion> _unions = [];
    private readonly Dictionary<string, SchemaShape> _shapes = new(StringComparer.Ordinal);
    private SchemaType? _current;

    public static SchemaFacts Read(IEnumerable<string> lines)
    {
        var reader = new SchemaReader();
        foreach (var line in lines)
        {
            reader.Take(line);
        }

        reader.Finish();
        return new(reader._types);
    }

    private void Take(string line)
    {
        switch (line[0])
        {
            case '@':
                Finish();
                Begin(line.Split(' '));
                break;
            case '%':
                _unions.Add(Union(line.Split(' ')));
                break;
            default:
                _fields.Add(Field(line.Split(' ')));
                break;
        }
    }

    private void Begin(string[] words)
    {
        _current = TypeOf(words[0][1..]);
        foreach (var word in words.AsSpan(1))
        {
            if (word[0] == '~')
            {
                _current.IsAtomic = word == "~atomic";
            }
            else
            {
                _current.GroupVersionKind = word;
            }
        }
    }

    private void Finish()
    {
        if (_current is not null)
        {
            _current.SetFields([.. _fields]);
            _current.Unions = [.. _unions];
        }

        _fields.Clear();
        _unions.Clear();
    }

    private static SchemaUnion Union(string[] words)
    {
        var values = words.Skip(1).Select(word => word.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        return new(words[0] == "%-" ? "" : words[0][1..], [.. values]);
    }

    private SchemaField Field(string[] words)
    {
        var shapeAndFlags = words[1];
        var shapeText = shapeAndFlags.TrimEnd('*', '!', '+');
        var flags = shapeAndFlags.AsSpan(shapeText.Length);
        var (listType, listKeys) = Split(Extra(words, 'l'));
        var (strategy, mergeKey) = Split(Extra(words, 'p'));
        return new()
        {
            Name = words[0],
            Index = _fields.Count,
            Shape = ShapeOf(shapeText),
            IsPointer = flags.Contains('*'),
            IsAlwaysWritten = flags.Contains('!'),
            IsRequired = flags.Contains('+'),
            ListType = listType,
            ListMapKeys = listKeys.Length == 0 ? [] : [.. listKeys.Split(',')],
            MapType = Extra(words, 'm'),
            PatchStrategy = strategy,
            PatchMergeKey = mergeKey,
            SchemaDefault = Extra(words, 'd'),
            EnumValues = Extra(words, 'e') is { Length: > 0 } values ? [.. values.Split(',')] : [],
        };
    }

    private static string Extra(string[] words, char letter)
    {
        foreach (var word in words.AsSpan(2))
        {
            if (word[0] == letter)
            {
                return word[2..];
            }
        }

        return "";
    }

    private static (string Head, string Tail) Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
    }

    private SchemaShape ShapeOf(string text)
    {
        if (_shapes.TryGetValue(text, out var shape))
        {
            return shape;
        }

        shape = text[0] switch
        {
            's' => new(SchemaKind.String),
            'b' => new(SchemaKind.Boolean),
            'i' => new(SchemaKind.Int32),
            'l' => new(SchemaKind.Int64),
            'd' => new(SchemaKind.Double),
            'y' => new(SchemaKind.Bytes),
            't' => new(SchemaKind.Time),
            'u' => new(SchemaKind.MicroTime),
            'q' => new(SchemaKind.Quantity),
            'x' => new(SchemaKind.IntOrString),
            '#' => new(SchemaKind.Struct, TypeOf(text[1..])),
            '[' => new(SchemaKind.List, element: ShapeOf(text[1..])),
            '{' => new(SchemaKind.Map, element: ShapeOf(text[1..])),
            _ => new(SchemaKind.Any),
        };
        _shapes.Add(text, shape);
        return shape;
    }

    private SchemaType TypeOf(string name)
    {
        if (!_types.TryGetValue(name, out var type))
        {
            type = new(name);
            _types.Add(name, type);
        }

        return type;
    }
}
