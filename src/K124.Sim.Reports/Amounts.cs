using System.Globalization;
using K124.Sim.Planning;

namespace K124.Sim.Reports;

/// <summary>Numbers as people read them.</summary>
internal static class Amounts
{
    private const string Cpu = "cpu";
    private const string Memory = "memory";
    private const string EphemeralStorage = "ephemeral-storage";
    private const string HugePages = "hugepages-";
    private const double Kibi = 1024;
    private const double MilliPerCore = 1000;
    private static readonly string[] BinaryUnits = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: "1 pod", "2 pods".</summary>
    public static string Count(long number, string noun) => $"{Count(number)} {noun}{(number == 1 ? "" : "s")}";

    public static string Share(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    /// <summary>An amount of a resource, in the unit of <see cref="ResourceUtilization"/>, as cores, binary multiples of bytes or pieces.</summary>
    public static string Of(string resource, long amount) => resource switch
    {
        Cpu => (amount / MilliPerCore).ToString("#,0.###", CultureInfo.InvariantCulture),
        Memory or EphemeralStorage => Bytes(amount),
        _ => resource.StartsWith(HugePages, StringComparison.Ordinal) ? Bytes(amount) : Count(amount),
    };

    private static string Bytes(long bytes)
    {
        var unit = 0;
        double amount = bytes;
        while (Math.Abs(amount) >= Kibi && unit < BinaryUnits.Length - 1)
        {
            amount /= Kibi;
            unit++;
        }

        return amount.ToString("#,0.#", CultureInfo.InvariantCulture) + BinaryUnits[unit];
    }
}
