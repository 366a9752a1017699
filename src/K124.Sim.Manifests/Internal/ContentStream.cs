using System.Text;

namespace K124.Sim.Manifests.Internal;

/// <summary>Finds out what a stream holds from its first bytes: compressed or not, which encoding, JSON or YAML.</summary>
internal static class ContentStream
{
    private const int PrefixBytes = 4096;
    private const int MostLayers = 2;

    /// <summary>Opens the text in UTF-8 without byte order mark.</summary>
    public static (Stream Text, bool IsJson) Open(Stream source)
    {
        var stream = Peek(source, out var prefix);
        for (var layer = 0; layer < MostLayers && prefix is [0x1F, 0x8B, ..]; layer++)
        {
            stream = Peek(new GzipText(stream), out prefix);
        }

        switch (prefix)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                stream.ReadExactly(new byte[3]);
                prefix = prefix[3..];
                break;
            case [0xFF, 0xFE, ..]:
                stream.ReadExactly(new byte[2]);
                stream = Peek(Encoding.CreateTranscodingStream(stream, new UnicodeEncoding(false, false, true), Encoding.UTF8), out prefix);
                break;
            case [0xFE, 0xFF, ..]:
                stream.ReadExactly(new byte[2]);
                stream = Peek(Encoding.CreateTranscodingStream(stream, new UnicodeEncoding(true, false, true), Encoding.UTF8), out prefix);
                break;
        }

        return (stream, prefix.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..]);
    }

    private static PrefixedStream Peek(Stream stream, out byte[] prefix)
    {
        var buffer = new byte[PrefixBytes];
        var length = stream.ReadAtLeast(buffer, PrefixBytes, throwOnEndOfStream: false);
        prefix = buffer[..length];
        return new(prefix, stream);
    }

    private sealed class PrefixedStream(byte[] prefix, Stream rest) : ReadOnlyStream
    {
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            if (_position == prefix.Length)
            {
                return rest.Read(buffer);
            }

            var length = Math.Min(buffer.Length, prefix.Length - _position);
            prefix.AsSpan(_position, length).CopyTo(buffer);
            _position += length;
            return length;
        }
    }
}
