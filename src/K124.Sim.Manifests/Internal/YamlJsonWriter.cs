using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using K124.Sim.Model.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace K124.Sim.Manifests.Internal;

/// <summary>Writes YAML nodes as JSON and remembers the line of each token.</summary>
internal sealed class YamlJsonWriter : IDisposable
{
    private readonly YamlEvents _events;
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly Utf8JsonWriter _writer;
    private readonly List<string> _keys = [];

    public YamlJsonWriter(YamlEvents events)
    {
        _events = events;
        _writer = new(_output, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = ModelJsonOptions.MaxDepth + 2,
            SkipValidation = true,
        });
    }

    public YamlLines Lines { get; } = new();

    public ReadOnlySpan<byte> Json
    {
        get
        {
            _writer.Flush();
            return _output.WrittenSpan;
        }
    }

    public void Clear()
    {
        _output.ResetWrittenCount();
        _writer.Reset();
        _keys.Clear();
        Lines.Clear();
    }

    public void Dispose() => _writer.Dispose();

    public void BeginObject()
    {
        _writer.WriteStartObject();
        Mark();
    }

    public void EndObject()
    {
        _writer.WriteEndObject();
        Mark();
    }

    public void WriteName(string name)
    {
        _writer.WritePropertyName(name);
        Mark();
    }

    /// <summary>Writes the node that begins with an event.</summary>
    public void WriteNode(ParsingEvent first, int depth = 1)
    {
        if (depth > ModelJsonOptions.MaxDepth)
        {
            throw new YamlException(first.Start, first.End, $"the text is nested more than {ModelJsonOptions.MaxDepth} deep");
        }

        switch (first)
        {
            case Scalar scalar:
                YamlScalars.Write(_writer, scalar);
                Mark();
                break;
            case SequenceStart:
                _writer.WriteStartArray();
                Mark();
                for (var next = _events.Next(); next is not SequenceEnd; next = _events.Next())
                {
                    WriteNode(next, depth + 1);
                }

                _writer.WriteEndArray();
                Mark();
                break;
            case MappingStart:
                BeginObject();
                var firstKey = _keys.Count;
                WriteMembers(firstKey, isMerge: false, depth);
                _keys.RemoveRange(firstKey, _keys.Count - firstKey);
                EndObject();
                break;
            default:
                throw new YamlException(first.Start, first.End, "expected a value");
        }
    }

    /// <summary>Writes members up to the end of a mapping, and then those that are merged into it.</summary>
    private void WriteMembers(int firstKey, bool isMerge, int depth)
    {
        List<List<ParsingEvent>>? merges = null;
        for (var next = _events.Next(); next is not MappingEnd; next = _events.Next())
        {
            if (next is not Scalar key)
            {
                throw new YamlException(next.Start, next.End, "a key must be a plain or quoted text");
            }

            if (YamlScalars.IsMerge(key))
            {
                (merges ??= []).AddRange(MergedMappings());
                continue;
            }

            var name = YamlScalars.Key(key);
            if (isMerge && _keys.IndexOf(name, firstKey) >= 0)
            {
                _events.Capture(_events.Next());
                continue;
            }

            _keys.Add(name);
            WriteName(name);
            WriteNode(_events.Next(), depth + 1);
        }

        foreach (var mapping in merges ?? [])
        {
            if (depth > ModelJsonOptions.MaxDepth)
            {
                throw new YamlException(mapping[0].Start, mapping[0].End, $"the text is nested more than {ModelJsonOptions.MaxDepth} deep");
            }

            _events.Push(mapping[1..]);
            WriteMembers(firstKey, isMerge: true, depth + 1);
        }
    }

    private List<List<ParsingEvent>> MergedMappings()
    {
        var node = _events.Capture(_events.Next());
        if (node[0] is MappingStart)
        {
            return [node];
        }

        var mappings = new List<List<ParsingEvent>>();
        for (var i = 1; node[0] is SequenceStart && i < node.Count - 1;)
        {
            var length = 0;
            for (var depth = 0; depth > 0 || length == 0; length++)
            {
                depth += node[i + length].NestingIncrease;
            }

            mappings.Add(node.GetRange(i, length));
            i += length;
        }

        return node[0] is SequenceStart && mappings.TrueForAll(static mapping => mapping[0] is MappingStart)
            ? mappings
            : throw new YamlException(node[0].Start, node[0].End, "'<<' takes a mapping or a sequence of mappings");
    }

    private void Mark() => Lines.Add((int)(_writer.BytesCommitted + _writer.BytesPending), _events.Line);
}
