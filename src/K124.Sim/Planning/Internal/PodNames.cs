using K124.Sim.Model;

namespace K124.Sim.Planning.Internal;

/// <summary>Names the pods of a plan, each name once.</summary>
internal sealed class PodNames(Cluster cluster)
{
    private readonly HashSet<ObjectKey> _taken = [];
    private readonly Dictionary<ObjectKey, int> _last = [];

    /// <summary>Takes a name.</summary>
    /// <returns>False if a pod of the cluster or of the plan has it.</returns>
    public bool TryTake(ObjectKey name) => cluster.Pods.Find(name) is null && _taken.Add(name);

    /// <summary>Takes the next free name of a workload: the prefix and a number from 1 on.</summary>
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
        while (!TryTake(new(ns, name)));

        _last[key] = number;
        return name;
    }
}
