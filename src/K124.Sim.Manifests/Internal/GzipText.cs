using System.Buffers.Binary;
using System.IO.Compression;

namespace K124.Sim.Manifests.Internal;

/// <summary>Decompresses gzip, and refuses data that is cut short: the runtime's own stream would end without a word.</summary>
/// <remarks>The last four bytes of the data say how long the text is. They speak of one member only, so data of several members
/// is refused too rather than read without the check.</remarks>
internal sealed class GzipText : ReadOnlyStream
{
    private const int SmallestGzip = 18;

    private readonly Tail _compressed;
    private readonly GZipStream _text;
    private uint _length;

    public GzipText(Stream compressed)
    {
        _compressed = new(compressed);
        _text = new(_compressed, CompressionMode.Decompress, leaveOpen: true);
    }

    public override int Read(Span<byte> buffer)
    {
        var read = _text.Read(buffer);
        _length += (uint)read;
        if (read == 0 && buffer.Length > 0)
        {
            _compressed.ReadToEnd();
            if (_compressed.Length < SmallestGzip || _compressed.LastWord != _length)
            {
                throw new InvalidDataException("the gzip data is cut short, or has more than one member");
            }
        }

        return read;
    }

    /// <summary>Remembers the last four bytes that pass.</summary>
    private sealed class Tail(Stream source) : ReadOnlyStream
    {
        private readonly byte[] _last = new byte[sizeof(uint)];
        private long _length;

        public override long Length => _length;

        public uint LastWord => BinaryPrimitives.ReadUInt32LittleEndian(_last);

        public override int Read(Span<byte> buffer)
        {
            var read = source.Read(buffer);
            _length += read;
            var fresh = buffer[Math.Max(0, read - _last.Length)..read];
            _last.AsSpan(fresh.Length).CopyTo(_last);
            fresh.CopyTo(_last.AsSpan(_last.Length - fresh.Length));
            return read;
        }

        public void ReadToEnd()
        {
            Span<byte> rest = stackalloc byte[256];
            while (Read(rest) > 0)
            {
            }
        }
    }
}
