using System.Buffers;
using System.Text;

namespace K124.Sim.Kinds.Protobuf;

/// <summary>Writes protobuf messages field by field.</summary>
internal sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Writes a string; an empty one is left out.</summary>
    public ProtoWriter Text(int field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Bytes(field, Encoding.UTF8.GetBytes(value));
        }

        return this;
    }

    /// <summary>Writes a boolean; false is left out.</summary>
    public ProtoWriter Flag(int field, bool value)
    {
        if (value)
        {
            Varint((ulong)(uint)field << 3);
            Varint(1);
        }

        return this;
    }

    /// <summary>Writes an integer; zero is left out.</summary>
    public ProtoWriter Number(int field, long value)
    {
        if (value != 0)
        {
            Scalar(field, value);
        }

        return this;
    }

    /// <summary>Writes a floating-point number; zero is left out.</summary>
    public ProtoWriter Real(int field, double value)
    {
        if (value != 0)
        {
            RealScalar(field, value);
        }

        return this;
    }

    /// <summary>Writes an integer, zero too.</summary>
    public ProtoWriter Scalar(int field, long value)
    {
        Varint((ulong)(uint)field << 3);
        Varint((ulong)value);
        return this;
    }

    /// <summary>Writes a string, an empty one too.</summary>
    public ProtoWriter Content(int field, string value) => Content(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes a floating-point number, zero too.</summary>
    public ProtoWriter RealScalar(int field, double value)
    {
        Varint(((ulong)(uint)field << 3) | 1);
        _bytes.Write(BitConverter.GetBytes(value));
        return this;
    }

    /// <summary>Writes bytes as they are.</summary>
    public ProtoWriter Content(int field, ReadOnlySpan<byte> bytes)
    {
        Bytes(field, bytes);
        return this;
    }

    /// <summary>Writes a message; null is left out.</summary>
    public ProtoWriter Message(int field, ProtoWriter? message)
    {
        if (message is not null)
        {
            Bytes(field, message.ToArray());
        }

        return this;
    }

    private void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Varint(((ulong)(uint)field << 3) | 2);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    private void WriteByte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
