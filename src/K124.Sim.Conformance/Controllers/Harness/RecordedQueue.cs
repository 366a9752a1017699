using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>A queue that notes what is filed.</summary>
/// <param name="now">The present.</param>
internal sealed class RecordedQueue(DateTimeOffset now) : IWorkQueue
{
    public DateTimeOffset Now => now;

    /// <summary>The calls, as recordings have them.</summary>
    public List<JsonObject> Calls { get; } = [];

    public void Add(ObjectKey key) => Calls.Add(new() { ["key"] = key.ToString(), ["op"] = "add" });

    public void AddAfter(ObjectKey key, TimeSpan delay) =>
        Calls.Add(new() { ["key"] = key.ToString(), ["op"] = "addAfter", ["seconds"] = (decimal)delay.TotalSeconds });

    public void AddRateLimited(ObjectKey key) => Calls.Add(new() { ["key"] = key.ToString(), ["op"] = "addRateLimited" });

    public void Forget(ObjectKey key)
    {
        // Forgetting files nothing, and recordings do not have it.
    }
}
