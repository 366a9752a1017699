using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using K124.Sim.Model;
using K124.Sim.Model.Json;

namespace K124.Sim.Manifests.Internal;

/// <summary>Walks the tokens of one object and knows, at each, the path and the type that the model expects there.</summary>
internal ref struct JsonWalker
{
    private readonly JsonSerializerOptions _options;
    private readonly Stack<Frame> _frames = new();
    private Utf8JsonReader _reader;
    private string? _name;

    public JsonWalker(ReadOnlySpan<byte> json, Type root, JsonSerializerOptions options)
    {
        _options = options;
        _reader = new(json, new JsonReaderOptions { MaxDepth = ModelJsonOptions.MaxDepth });
        ExpectedType = root;
    }

    public readonly int TokenStart => (int)_reader.TokenStartIndex;

    public readonly int TokenEnd => (int)_reader.BytesConsumed;

    public readonly JsonTokenType Token => _reader.TokenType;

    public readonly bool IsArrayElement => _reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject) && _frames.TryPeek(out var top) && top.IsArray;

    /// <summary>Type of the value that the walker stands in or on; null in members that the model does not have.</summary>
    public Type? ExpectedType { get; private set; }

    /// <summary>The text of the token.</summary>
    public readonly string Text => Encoding.UTF8.GetString(_reader.ValueSpan);

    /// <summary>Whether the walker stands on the name of a member that the type around it does not have.</summary>
    public bool IsUnknownMember { get; private set; }

    /// <summary>Whether the name that the walker stands on is one of <see cref="NewerFields"/>.</summary>
    public readonly bool IsNamedSo() => NewerFields.MayBe(in _reader, _frames.Count);

    public bool Read()
    {
        IsUnknownMember = false;
        if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _frames.Push(new(_reader.TokenType == JsonTokenType.StartArray, ExpectedType));
        }

        if (!_reader.Read())
        {
            return false;
        }

        switch (_reader.TokenType)
        {
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                ExpectedType = _frames.Pop().Type;
                break;
            case JsonTokenType.PropertyName:
                var holder = _frames.Pop();
                _name = JsonNames.Unescape(ref _reader);
                ExpectedType = MemberType(holder.Type, _name);
                IsUnknownMember = ExpectedType is null && holder.Type is not null && _options.GetTypeInfo(holder.Type).Kind == JsonTypeInfoKind.Object;
                _frames.Push(holder with { Step = IsMap(holder.Type) ? $"['{_name}']" : IsPlain(_name) ? $".{_name}" : $"['{_name}']" });
                break;
            default:
                if (_frames.TryPeek(out var top) && top.IsArray)
                {
                    _frames.Pop();
                    _frames.Push(top with { Index = top.Index + 1, Step = $"[{(top.Index + 1).ToString(CultureInfo.InvariantCulture)}]" });
                    ExpectedType = ElementType(top.Type);
                }

                break;
        }

        return true;
    }

    /// <summary>Path of the value or member that the walker stands on.</summary>
    public readonly string Path()
    {
        var path = string.Concat(_frames.Reverse().Select(frame => frame.Step));
        return path.StartsWith('.') ? path[1..] : path;
    }

    private static bool IsPlain(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');

    private static bool IsMap(Type? type) => type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(StringMap<>);

    private static Type? ElementType(Type? type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? type.GenericTypeArguments[0] : null;

    private readonly Type? MemberType(Type? holder, string name)
    {
        if (holder is null || IsMap(holder))
        {
            return holder?.GenericTypeArguments[0];
        }

        var info = _options.GetTypeInfo(holder);
        return info.Kind == JsonTypeInfoKind.Object
            ? info.Properties.FirstOrDefault(property => property.Name == name)?.PropertyType
            : null;
    }

    private readonly record struct Frame(bool IsArray, Type? Type)
    {
        public int Index { get; init; } = -1;

        public string Step { get; init; } = "";
    }
}
