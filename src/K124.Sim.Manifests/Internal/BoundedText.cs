namespace K124.Sim.Manifests.Internal;

/// <summary>A stream of which no object and no document may be larger than allowed: the reader of YAML holds what it has not handed out.</summary>
internal sealed class BoundedText(Stream text, ManifestOptions options) : ReadOnlyStream
{
    // What readers take from the stream before they look at it.
    private const long ReadAhead = 1 << 18;

    private long _ofObject;
    private long _ofDocument;

    public void BeginDocument() => _ofDocument = _ofObject = 0;

    public void BeginObject() => _ofObject = 0;

    public override int Read(Span<byte> buffer)
    {
        var read = text.Read(buffer);
        _ofObject += read;
        _ofDocument += read;
        if (_ofObject > options.MaxObjectBytes + ReadAhead)
        {
            throw LimitExceededException.Of("one object", options.MaxObjectBytes);
        }

        return _ofDocument <= options.MaxDocumentBytes + ReadAhead ? read : throw LimitExceededException.Of("one document", options.MaxDocumentBytes);
    }
}
