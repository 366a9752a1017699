namespace K124.Sim.Networking.Internal;

/// <summary>What came of asking an <see cref="OffsetAllocator"/> for any free offset.</summary>
internal enum DrawOutcome
{
    Taken,
    Full,
    Panic,
}
