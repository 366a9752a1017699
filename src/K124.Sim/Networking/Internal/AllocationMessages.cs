namespace K124.Sim.Networking.Internal;

/// <summary>Texts of 1.24 that more than one allocator prints.</summary>
internal static class AllocationMessages
{
    public const string Panic = "invalid argument to Intn";
    public const string MismatchedNetwork = "the provided network does not match the current range";
    public const string MismatchedPorts = "the provided port range does not match the current port range";
    public const string MismatchedRange = "the provided range does not match the current range";

    public static string InvalidCidr(string text) => $"invalid CIDR address: {text}";
}
