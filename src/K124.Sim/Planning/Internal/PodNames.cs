using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>Numbers the pods of a workload, passing over names that are taken.</summary>
internal sealed class PodNames(Cluster cluster)
{
    private readonly Dictionary<ObjectKey, int> _last = [];

    public string Next(string ns, string prefix)
    {
        var key = new ObjectKey(ns, prefix);
        var number = _last.GetValueOrDefault(key);
        string name;
        do
        {
            number++;
            name = $"{prefix}-{number}";
        }
        while (cluster.Pods.Find(name, ns) is not null);

        _last[key] = number;
        return name;
    }
}
