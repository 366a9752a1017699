using K124.Sim.Networking.Internal;

namespace K124.Sim.Tests.Networking;

public class FreeBitmapTests
{
    /// <summary>Nearly full sets of up to four levels, where whole words and groups of words run empty and come back.</summary>
    [FsCheck.Xunit.Property(MaxTest = 150)]
    public void A_nearly_full_set_finds_the_first_free_offset_on_every_level(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        int[] lengths = [1, 64, 4_096, 4_097, 70_000, 262_144, 300_000];
        var bitmap = new FreeBitmap(lengths[random.Next(lengths.Length)]);
        bitmap.LoadTaken([.. Enumerable.Repeat(ulong.MaxValue, bitmap.Words.Length)]);
        var free = new SortedSet<int>();
        for (var i = 0; i < 200; i++)
        {
            // The first and last bits of the first and last words of a few groups: they meet often.
            var group = (int)random.Next((bitmap.Length >> 12) + 1) / 3 * 3;
            var offset = Math.Min((group << 12) + ((int)random.Next(2) * 63 << 6) + ((int)random.Next(2) * 63), bitmap.Length - 1);
            if (free.Add(offset))
            {
                bitmap.Give(offset);
            }
            else
            {
                free.Remove(offset);
                bitmap.Take(offset);
            }

            if (free.Count > 0 && random.Next(3) == 0)
            {
                var first = free.Min;
                free.Remove(first);
                bitmap.Take(first);
            }

            var start = (int)random.Next(bitmap.Length);
            Assert.Equal(free.GetViewBetween(start, int.MaxValue).DefaultIfEmpty(-1).First(), bitmap.NextFree(start));
            Assert.Equal(free.DefaultIfEmpty(-1).First(), bitmap.NextFree(0));
        }
    }
}
