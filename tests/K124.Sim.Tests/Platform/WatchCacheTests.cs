using FsCheck.Xunit;
using K124.Sim.Platform.Watching;

namespace K124.Sim.Tests.Platform;

public class WatchCacheTests
{
    private sealed record Item(long Version, bool IsWatched);

    [Property]
    public void Resuming_sees_exactly_what_changed_after(byte[] steps, byte from)
    {
        var cache = new WatchCache<Item>(static item => item.Version);
        cache.Replace([], 100);
        for (var i = 0; i < steps.Length; i++)
        {
            cache.Apply(WatchEventKind.Modified, $"o{steps[i] % 5}", new(101 + i, IsWatched: true), 101 + i, i * TimeSpan.TicksPerSecond);
        }

        var resumed = 100 + (steps.Length == 0 ? 0 : from % steps.Length);
        var answer = cache.Watch(resumed);
        Assert.True(answer.Succeeded);
        Assert.Equal(Enumerable.Range(resumed + 1, 100 + steps.Length - resumed).Select(version => (long)version), answer.Events.Select(told => told.ResourceVersion));
    }

    [Property]
    public void Window_stays_a_power_of_two_of_hundred(ushort[] pauses)
    {
        var cache = new WatchCache<Item>(static item => item.Version);
        cache.Replace([], 1);
        long now = 0;
        for (var i = 0; i < pauses.Length * 40; i++)
        {
            now += pauses[i % pauses.Length] * TimeSpan.TicksPerMillisecond;
            cache.Apply(WatchEventKind.Modified, "o", new(2 + i, IsWatched: true), 2 + i, now);
            Assert.True(cache.Capacity % 100 == 0 && int.IsPow2(cache.Capacity / 100));
            Assert.True(cache.Buffered <= cache.Capacity);
        }
    }

    [Fact]
    public void Leaving_a_selector_is_a_deletion_with_the_object_as_it_was()
    {
        var cache = new WatchCache<Item>(static item => item.Version);
        cache.Replace([KeyValuePair.Create("o", new Item(5, IsWatched: true))], 5);
        cache.Apply(WatchEventKind.Modified, "o", new(6, IsWatched: false), 6, 0);
        var told = Assert.Single(cache.Watch(5, static item => item.IsWatched).Events);
        Assert.Equal((WatchEventKind.Deleted, 5L, 6L), (told.Kind, told.Object.Version, told.ResourceVersion));
    }
}
