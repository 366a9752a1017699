using System.Runtime.InteropServices;

namespace K124.Sim.Networking.Internal;

/// <summary>Where the threads of one lane draw from, on cache lines of its own.</summary>
/// <remarks>SplitMix64: a state that goes on by a constant with each number, and a hash of it. One atomic addition makes it safe
/// for several threads.</remarks>
internal sealed class DrawLane(ulong state)
{
    private Padded _padded = new() { State = state, Number = -1 };

    /// <summary>The lane's number in the order in which lanes came into use, or −1 before it did.</summary>
    public int Number => Volatile.Read(ref _padded.Number);

    /// <summary>Brings the lane into use.</summary>
    /// <param name="lanesInUse">How many are in use; grows by one if the lane was not.</param>
    public int Enlist(ref int lanesInUse)
    {
        lock (this)
        {
            if (_padded.Number < 0)
            {
                Volatile.Write(ref _padded.Number, Interlocked.Increment(ref lanesInUse) - 1);
            }

            return _padded.Number;
        }
    }

    /// <summary>Draws a number from 0 to <paramref name="exclusiveMax"/> − 1.</summary>
    public int Next(int exclusiveMax)
    {
        var bound = (ulong)exclusiveMax;
        while (true)
        {
            var high = Math.BigMul(NextBits(), bound, out var low);
            if (low >= bound || low >= (0UL - bound) % bound)
            {
                return (int)high;
            }
        }
    }

    private ulong NextBits()
    {
        var mixed = Interlocked.Add(ref _padded.State, 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct Padded
    {
        [FieldOffset(64)]
        public ulong State;

        [FieldOffset(72)]
        public int Number;
    }
}
