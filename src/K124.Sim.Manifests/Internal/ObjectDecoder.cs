using System.Text.Json;
using System.Text.Unicode;
using K124.Sim.Kinds;
using K124.Sim.Model;
using K124.Sim.Model.Json;

namespace K124.Sim.Manifests.Internal;

/// <summary>What is wrong with an object, and where in its JSON text.</summary>
internal readonly record struct Defect(int Position, string Path, string Message);

/// <summary>Makes objects of the model from JSON text, and finds the member at fault when it cannot.</summary>
internal sealed class ObjectDecoder
{
    private readonly JsonSerializerOptions _options;
    private readonly ObjectDefaults _defaults;
    private readonly PodSharing _sharing = new();

    public ObjectDecoder(StringPool pool)
    {
        _options = ModelJsonOptions.Create(pool);
        _defaults = new(_options);
    }

    /// <summary>Reads one object.</summary>
    /// <returns>The object, or null with the first defect.</returns>
    public IApiObject? Decode(ReadOnlySpan<byte> json, ObjectHead head, ApiKind kind, out Defect defect)
    {
        defect = default;
        if (!Utf8.IsValid(json))
        {
            defect = new(0, "", "the text is not valid UTF-8");
            return null;
        }

        if (head.DuplicateAt >= 0)
        {
            defect = At(json, kind.Type, head.DuplicateAt + 1, "the member occurs twice");
            return null;
        }

        if (head.HasNullElement && FindNullElement(json, kind.Type) is { } nullElement)
        {
            defect = nullElement;
            return null;
        }

        try
        {
            return _sharing.Share(_defaults.Apply(KubernetesJson.Deserialize(json, kind.Type, _options)));
        }
        catch (JsonException exception)
        {
            if (exception.InnerException is InvalidOperationException inner && inner.Message.Contains("UTF-16", StringComparison.Ordinal))
            {
                // The reader's way to refuse half of a surrogate pair in an escaped text.
                defect = At(json, kind.Type, PositionOf(json, exception), "the text holds half of a surrogate pair");
                return null;
            }

            var isOurs = !exception.Message.Contains(" Path: $", StringComparison.Ordinal);
            defect = At(json, kind.Type, PositionOf(json, exception), isOurs ? exception.Message : null);
            return null;
        }
    }

    /// <summary>Fields that newer releases decide by, and 1.24 drops.</summary>
    public IEnumerable<string> NewerFieldsIn(ReadOnlySpan<byte> json, ApiKind kind) => NewerFields.In(json, kind.Type, _options);

    /// <summary>Kind, namespace and name of an object, as far as they can be read.</summary>
    public string Describe(ReadOnlySpan<byte> json, string kind)
    {
        string name = "", space = "";
        var walker = new JsonWalker(json, typeof(Pod), _options);
        try
        {
            while (walker.Read() && (name.Length == 0 || space.Length == 0))
            {
                if (walker.Token == JsonTokenType.String)
                {
                    switch (walker.Path())
                    {
                        case "metadata.name":
                            name = walker.Text;
                            break;
                        case "metadata.namespace":
                            space = walker.Text;
                            break;
                    }
                }
            }
        }
        catch (JsonException)
        {
            // What could be read before the defect is all that can be said.
        }

        return name.Length == 0 ? kind : $"{kind} {new ObjectKey(space, name)}".TrimStart();
    }

    /// <summary>What is wrong with the items of a list if they are no array; null if they are absent.</summary>
    public Defect? ItemsDefect(ReadOnlySpan<byte> json)
    {
        var walker = new JsonWalker(json, typeof(Pod), _options);
        while (walker.Read())
        {
            if (walker.Token is not (JsonTokenType.PropertyName or JsonTokenType.Null or JsonTokenType.EndObject) && walker.Path() == "items")
            {
                return new(walker.TokenEnd, "items", $"expected an array, but found {JsonShape.Describe(walker.Token)}");
            }
        }

        return null;
    }

    /// <summary>The defect at the member or value whose token ends at or after the position.</summary>
    private Defect At(ReadOnlySpan<byte> json, Type type, int position, string? message)
    {
        var walker = new JsonWalker(json, type, _options);
        while (walker.Read() && walker.TokenEnd < position)
        {
        }

        message ??= walker.ExpectedType is { } expected ? Expectation.Describe(expected, ref walker) : "cannot be read";
        return new(walker.TokenEnd, walker.Path(), message);
    }

    private Defect? FindNullElement(ReadOnlySpan<byte> json, Type type)
    {
        var walker = new JsonWalker(json, type, _options);
        while (walker.Read())
        {
            if (walker.Token == JsonTokenType.Null && walker.IsArrayElement && walker.ExpectedType is { } expected)
            {
                return new(walker.TokenEnd, walker.Path(), Expectation.Describe(expected, ref walker));
            }
        }

        return null;
    }

    private static int PositionOf(ReadOnlySpan<byte> json, JsonException exception)
    {
        var position = 0;
        for (var line = exception.LineNumber.GetValueOrDefault(); line > 0; line--)
        {
            position += json[position..].IndexOf((byte)'\n') + 1;
        }

        return position + (int)exception.BytePositionInLine.GetValueOrDefault();
    }
}
