namespace K124.Sim.Manifests.Internal;

/// <summary>UTF-8 text in which U+0000 is an error: the YAML parser would take it for the end.</summary>
internal sealed class NullFreeText(Stream text) : ReadOnlyStream
{
    private long _line = 1;

    public override int Read(Span<byte> buffer)
    {
        var read = text.Read(buffer);
        var fresh = buffer[..read];
        if (fresh.IndexOf((byte)0) is >= 0 and var position)
        {
            throw new InvalidDataException($"not YAML: the text contains U+0000 in line {_line + fresh[..position].Count((byte)'\n')}");
        }

        _line += fresh.Count((byte)'\n');
        return read;
    }
}
