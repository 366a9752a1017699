using K124.Sim.Model;
using K124.Sim.Scheduling.ExtensionPoints;

namespace K124.Sim.Tests.Scheduling;

/// <summary>A plugin at Reserve that has so many seats, and writes down who takes and gives back one.</summary>
internal sealed class Seats(string name, int seats, List<string> log) : IReservePlugin
{
    private readonly HashSet<string> _taken = [];

    public string Name => name;

    public string? Reserve(Pod pod, string nodeName)
    {
        if (_taken.Count == seats)
        {
            return "no seat";
        }

        _taken.Add(pod.Metadata.Name);
        log.Add($"{name} +{pod.Metadata.Name}");
        return null;
    }

    public void Unreserve(Pod pod, string nodeName)
    {
        _taken.Remove(pod.Metadata.Name);
        log.Add($"{name} -{pod.Metadata.Name}");
    }
}
