using System.Buffers.Binary;

namespace K124.Sim.Kinds.Protobuf;

/// <summary>Reads the wire form of a message field by field.</summary>
/// <param name="bytes">The message.</param>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether the bytes broke off or made no sense.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What is wrong with the bytes, in the words of Go; empty if nothing is.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Number of the field that was read.</summary>
    public int Number { get; private set; }

    /// <summary>Value of a field that is a number, in its 64 bits.</summary>
    public ulong Scalar { get; private set; }

    /// <summary>Value of a field that is a string, bytes or a message.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Whether the field has <see cref="Content"/>.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end, and when the bytes are broken.</returns>
    public bool Read()
    {
        if (IsBroken || _rest.IsEmpty || !TryVarint(out var tag))
        {
            return false;
        }

        Number = (int)(tag >> 3);
        if (Number == 0)
        {
            Problem = $"illegal tag 0 (wire type {tag & 7})";
            return Break();
        }

        Content = default;
        HasContent = (tag & 7) == 2;
        switch (tag & 7)
        {
            case 0:
                return TryVarint(out var number) && Set(number);
            case 1:
                return TryTake(8, out var eight) && Set(BinaryPrimitives.ReadUInt64LittleEndian(eight));
            case 5:
                return TryTake(4, out var four) && Set(BinaryPrimitives.ReadUInt32LittleEndian(four));
            case 2:
                if (!TryVarint(out var length) || length > (ulong)_rest.Length || !TryTake((int)length, out var content))
                {
                    return Break();
                }

                Content = content;
                return true;
            default:
                Problem = (tag & 7) == 4 ? "wiretype end group for non-group" : $"illegal wireType {tag & 7}";
                return Break();
        }
    }

    private bool Set(ulong value)
    {
        Scalar = value;
        return true;
    }

    private bool TryTake(int length, out ReadOnlySpan<byte> taken)
    {
        if (length > _rest.Length)
        {
            taken = default;
            return Break();
        }

        taken = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty)
            {
                break;
            }

            var next = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return Break();
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }
}
