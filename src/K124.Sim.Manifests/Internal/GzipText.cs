using System.IO.Compression;

namespace K124.Sim.Manifests.Internal;

/// <summary>Decompresses gzip of any number of members, and refuses data that is cut short: the runtime's own stream would end without a word.</summary>
/// <remarks>One more member with a known text is put behind the data. Only if every member before it is whole does that text
/// come out at the end; it is held back and checked there.</remarks>
internal sealed class GzipText : ReadOnlyStream
{
    private const int BufferBytes = 1 << 16;

    private readonly byte[] _endMark = "end of the gzip data"u8.ToArray();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly GZipStream _text;
    private int _first;
    private int _count;

    public GzipText(Stream compressed) =>
        _text = new(new ThenStream(compressed, Compress(_endMark)), CompressionMode.Decompress, leaveOpen: true);

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || !HasText())
        {
            return 0;
        }

        var length = Math.Min(buffer.Length, _count - _endMark.Length);
        _buffer.AsSpan(_first, length).CopyTo(buffer);
        _first += length;
        _count -= length;
        return length;
    }

    /// <summary>Reads until there is more than the end mark could be, or the data ends.</summary>
    private bool HasText()
    {
        while (_count <= _endMark.Length)
        {
            _buffer.AsSpan(_first, _count).CopyTo(_buffer);
            _first = 0;
            var read = _text.Read(_buffer.AsSpan(_count));
            _count += read;
            if (read > 0)
            {
                continue;
            }

            if (!_buffer.AsSpan(0, _count).SequenceEqual(_endMark))
            {
                throw new InvalidDataException("the gzip data is cut short, or followed by something else");
            }

            return false;
        }

        return true;
    }

    private static byte[] Compress(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    /// <summary>A stream, and then some bytes.</summary>
    private sealed class ThenStream(Stream first, byte[] rest) : ReadOnlyStream
    {
        private bool _isFirstOver;
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            if (!_isFirstOver)
            {
                var read = first.Read(buffer);
                _isFirstOver = read == 0 && !buffer.IsEmpty;
                if (!_isFirstOver)
                {
                    return read;
                }
            }

            var length = Math.Min(buffer.Length, rest.Length - _position);
            rest.AsSpan(_position, length).CopyTo(buffer);
            _position += length;
            return length;
        }
    }
}
