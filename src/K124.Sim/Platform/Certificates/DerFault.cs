using System.Formats.Asn1;
using System.Globalization;

namespace K124.Sim.Platform.Certificates;

/// <summary>What Go says of bytes that are no certificate request.</summary>
internal static class DerFault
{
    private const int Sequence = 16;

    /// <summary>The fault of some bytes.</summary>
    public static string Of(byte[] der)
    {
        if (!AsnDecoder.TryReadEncodedValue(der, AsnEncodingRules.BER, out var tag, out _, out var length, out _))
        {
            return "asn1: syntax error: data truncated";
        }

        var isSequence = tag.TagClass == TagClass.Universal && tag.TagValue == Sequence && tag.IsConstructed;
        return isSequence
            ? "asn1: structure error: tags don't match"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"asn1: structure error: tags don't match ({Sequence} vs {{class:{(int)tag.TagClass >> 6} tag:{tag.TagValue} length:{length} "
                + $"isCompound:{(tag.IsConstructed ? "true" : "false")}}}) {{optional:false explicit:false application:false private:false "
                + $"defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}} certificateRequest @2");
    }
}
