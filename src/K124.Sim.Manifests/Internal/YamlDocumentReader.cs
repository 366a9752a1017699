using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace K124.Sim.Manifests.Internal;

/// <summary>Reads YAML documents, one after the other, and hands out one object at a time as JSON; of a list, it holds no more than one item.</summary>
internal sealed class YamlDocumentReader : IDisposable
{
    private readonly BoundedText _text;
    private readonly YamlEvents _events;
    private readonly YamlJsonWriter _document;
    private readonly YamlJsonWriter _item;
    private readonly ObjectScanner _scanner;
    private readonly IItemSink _collector;

    public YamlDocumentReader(Stream stream, ManifestOptions options, ObjectScanner scanner, IItemSink collector)
    {
        _text = new(stream, options);
        _events = new(new Parser(new StreamReader(new NullFreeText(_text), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, 1 << 16)));
        _document = new(_events);
        _item = new(_events);
        _scanner = scanner;
        _collector = collector;
    }

    public void Dispose()
    {
        _document.Dispose();
        _item.Dispose();
    }

    public void ReadAll()
    {
        try
        {
            while (_events.TryNext() is { } next)
            {
                if (next is DocumentStart)
                {
                    _text.BeginDocument();
                    _events.BeginDocument();
                    _collector.BeginDocument();
                    ReadDocument(_events.Next());
                }
            }
        }
        catch (LimitExceededException exception)
        {
            _collector.ReportSyntax(exception.Message, _events.Line);
        }
        catch (YamlException exception)
        {
            var line = exception.End.Line > 0 ? exception.End.Line : _events.Line;
            _collector.ReportSyntax($"not YAML: {exception.Message.TrimEnd('.')}", line);
        }
    }

    private void ReadDocument(ParsingEvent root)
    {
        switch (root)
        {
            case Scalar scalar when YamlScalars.IsNull(scalar):
                break;
            case MappingStart:
                ReadObject();
                break;
            default:
                _collector.ReportSyntax($"expected an object, but found {(root is Scalar ? "a text" : "an array")}", _events.Line);
                _events.Capture(root);
                break;
        }
    }

    private void ReadObject()
    {
        var head = new ObjectHead();
        var isList = false;
        _events.BeginObject();
        _document.Clear();
        _document.BeginObject();
        for (var next = _events.Next(); next is not MappingEnd; next = _events.Next())
        {
            if (next is not Scalar key || YamlScalars.IsMerge(key))
            {
                throw new YamlException(next.Start, next.End, "a key at the top of a document must be a text, and no merge");
            }

            var name = YamlScalars.Key(key);
            var value = _events.Next();
            if (name == "items" && value is SequenceStart)
            {
                if (isList)
                {
                    throw new YamlException(key.Start, key.End, "the member 'items' occurs twice");
                }

                isList = true;
                ReadList(head);
                continue;
            }

            if (value is Scalar text)
            {
                head.Kind = name == "kind" ? text.Value : head.Kind;
                head.ApiVersion = name == "apiVersion" ? text.Value : head.ApiVersion;
            }

            _document.WriteName(name);
            _document.WriteNode(value);
        }

        _document.EndObject();
        if (isList)
        {
            _collector.EndList(head);
        }
        else
        {
            Accept(_document);
        }
    }

    private void ReadList(in ObjectHead head)
    {
        _collector.BeginList(head);
        for (var next = _events.Next(); next is not SequenceEnd; next = _events.Next())
        {
            _text.BeginObject();
            _events.BeginObject();
            _item.Clear();
            var line = _events.Line;
            _item.WriteNode(next);
            if (next is MappingStart)
            {
                Accept(_item);
            }
            else
            {
                _collector.ReportSyntax($"expected an object as item of the list, but found {(next is Scalar ? "a text" : "an array")}", line);
            }
        }
    }

    private void Accept(YamlJsonWriter source)
    {
        var json = source.Json;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Model.Json.ModelJsonOptions.MaxDepth });
        reader.Read();
        _scanner.Scan(ref reader, json, stopAtItems: false, out var head);
        _collector.Accept(json, head, new LineMap(source.Lines));
    }
}
