using System.Text.Json;
using K124.Sim.Model.Json;

namespace K124.Sim.Manifests.Internal;

/// <summary>Reads JSON documents, one after the other, and hands out one object at a time; holds no more than one in memory.</summary>
internal sealed class JsonDocumentReader(
    Stream stream, int bufferSize, ManifestOptions options, ObjectScanner scanner, IItemSink collector, LineMap? outer = null)
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = ModelJsonOptions.MaxDepth };

    private byte[] _buffer = new byte[bufferSize];
    private int _start;
    private int _end;
    private bool _isFinal;
    private long _line = outer?.LineOf([], 0) ?? 1;
    private long _consumed;
    private long _documentStart;
    private JsonReaderState _state;
    private long _stateLine;

    private ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start.._end);

    public void ReadAll()
    {
        try
        {
            while (SkipWhiteSpace())
            {
                if (outer is null)
                {
                    collector.BeginDocument();
                }

                _state = new(ReaderOptions);
                _stateLine = _line;
                _documentStart = _consumed;
                if (!ReadDocument())
                {
                    return;
                }
            }
        }
        catch (JsonException exception)
        {
            collector.ReportSyntax(Words(exception.Message), _stateLine + exception.LineNumber.GetValueOrDefault());
        }
        catch (LimitExceededException exception)
        {
            collector.ReportSyntax(exception.Message, Lines(0).LineOf(Rest, 0));
        }
        catch (InvalidOperationException) when (!Rest.IsEmpty)
        {
            // The reader's way to refuse half of a surrogate pair in an escaped text.
            collector.ReportSyntax("the text holds half of a surrogate pair", Lines(0).LineOf(Rest, 0));
        }
    }

    private static string Words(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"not JSON: {(end < 0 ? message : message[..end]).TrimEnd('.')}";
    }

    private bool ReadDocument()
    {
        while (true)
        {
            var reader = NewReader();
            if (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    collector.ReportSyntax($"expected an object, but found {JsonShape.Describe(reader.TokenType)}", Lines(0).LineOf(Rest, 0));
                    return false;
                }

                switch (scanner.Scan(ref reader, Rest, stopAtItems: true, out var head))
                {
                    case ScanOutcome.Complete:
                        Accept(ref reader, 0, head);
                        return true;
                    case ScanOutcome.AtItems:
                        Consume(ref reader);
                        ReadList(head);
                        return true;
                }
            }

            Fill();
        }
    }

    private void ReadList(ObjectHead head)
    {
        collector.BeginList(head);
        while (ReadItem())
        {
        }

        while (ReadListMember(ref head))
        {
        }

        collector.EndList(head);
    }

    private bool ReadItem()
    {
        while (true)
        {
            var reader = NewReader();
            if (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndArray)
                {
                    Consume(ref reader);
                    return false;
                }

                var start = (int)reader.TokenStartIndex;
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    var found = JsonShape.Describe(reader.TokenType);
                    if (reader.TrySkip())
                    {
                        collector.ReportSyntax($"expected an object as item of the list, but found {found}", Lines(start).LineOf(Rest[start..], 0));
                        Consume(ref reader);
                        return true;
                    }
                }
                else if (scanner.Scan(ref reader, Rest, stopAtItems: false, out var head) == ScanOutcome.Complete)
                {
                    Accept(ref reader, start, head);
                    return true;
                }
            }

            Fill();
        }
    }

    private bool ReadListMember(ref ObjectHead head)
    {
        while (true)
        {
            var reader = NewReader();
            if (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndObject)
                {
                    Consume(ref reader);
                    return false;
                }

                if (reader.ValueTextEquals("items"u8))
                {
                    throw new JsonException("the member 'items' occurs twice", null, _line - _stateLine, null);
                }

                if (scanner.TryReadMember(ref reader, ref head))
                {
                    Consume(ref reader);
                    return true;
                }
            }

            Fill();
        }
    }

    private Utf8JsonReader NewReader() => new(Rest, _isFinal, _state);

    private void Accept(ref Utf8JsonReader reader, int start, ObjectHead head)
    {
        var json = Rest[start..(int)reader.BytesConsumed];
        head.DuplicateAt -= head.DuplicateAt < 0 ? 0 : start;
        collector.Accept(json, head, Lines(start));
        Consume(ref reader);
    }

    private LineMap Lines(int position) => outer is { IsYaml: true } yaml ? yaml.From([], (int)_consumed + position) : new LineMap(_line).From(Rest, position);

    private void Consume(ref Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        Skip((int)reader.BytesConsumed);
    }

    private void Skip(int length)
    {
        _line += Rest[..length].Count((byte)'\n');
        _consumed += length;
        _start += length;
    }

    private bool SkipWhiteSpace()
    {
        while (true)
        {
            var length = Rest.IndexOfAnyExcept(" \t\r\n"u8);
            if (length >= 0)
            {
                Skip(length);
                return true;
            }

            Skip(Rest.Length);
            if (_isFinal)
            {
                return false;
            }

            Fill();
        }
    }

    /// <summary>Makes room for more and reads until the buffer is full or the stream ends.</summary>
    private void Fill()
    {
        if (_start > 0)
        {
            Rest.CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end > options.MaxObjectBytes)
        {
            throw LimitExceededException.Of("one object", options.MaxObjectBytes);
        }

        if (_consumed - _documentStart > options.MaxDocumentBytes)
        {
            throw LimitExceededException.Of("one document", options.MaxDocumentBytes);
        }

        if (_end > _buffer.Length / 2)
        {
            Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, Array.MaxLength));
        }

        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), _buffer.Length - _end, throwOnEndOfStream: false);
        _end += read;
        _isFinal = _end < _buffer.Length;
    }
}
