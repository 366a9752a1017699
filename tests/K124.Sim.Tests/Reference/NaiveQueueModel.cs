using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>What the naive queue knows of a pod.</summary>
public sealed class NaiveQueuedPod(Pod pod, DateTimeOffset timestamp)
{
    public Pod Pod { get; set; } = pod;

    public ObjectKey Key => ObjectKey.Of(Pod);

    public DateTimeOffset Timestamp { get; set; } = timestamp;

    public int Attempts { get; set; }

    public HashSet<string> Plugins { get; set; } = [];

    public long Sequence { get; set; }
}

/// <summary>The scheduling queue as its rules read: lists, scans, and a look at every second.</summary>
public sealed class NaiveQueueModel(DateTimeOffset start, TimeSpan initialBackoff, TimeSpan maxBackoff, TimeSpan maxUnschedulable, Func<ObjectKey, Pod?> findPod)
{
    // Plugin: resource=actions ...; an update of a kind other than Node is any update.
    private static readonly Dictionary<string, string[]> Interests = """
        NodeUnschedulable: Node=Add Node=Taint
        NodeName: Node=Add Node=Update
        TaintToleration: Node=Add Node=Update
        NodeAffinity: Node=Add Node=Update
        NodePorts: Pod=Delete Node=Add Node=Update
        NodeResourcesFit: Pod=Delete Node=Add Node=Update
        PodTopologySpread: Pod=Add Pod=Update Pod=Delete Node=Add Node=Delete Node=Label
        InterPodAffinity: Pod=Add Pod=Update Pod=Delete Node=Add Node=Label
        VolumeRestrictions: Pod=Delete Node=Add PersistentVolumeClaim=Add PersistentVolumeClaim=Update
        NodeVolumeLimits: CSINode=Add Pod=Delete
        EBSLimits: Node=Add Pod=Delete
        VolumeBinding: StorageClass=Add StorageClass=Update PersistentVolumeClaim=Add PersistentVolumeClaim=Update PersistentVolume=Add PersistentVolume=Update Node=Add Node=Label CSINode=Add CSINode=Update CSIDriver=Add CSIDriver=Update CSIStorageCapacity=Add CSIStorageCapacity=Update
        VolumeZone: StorageClass=Add Node=Add Node=Label PersistentVolumeClaim=Add PersistentVolume=Add PersistentVolume=Update
        """.Split('\n', StringSplitOptions.TrimEntries).ToDictionary(static line => line.Split(':')[0], static line => line.Split(": ")[1].Split(' '));

    private static readonly string[] ResourcesOfOthers = ["Pod", "Node", "CSINode", "PersistentVolume", "PersistentVolumeClaim", "StorageClass"];

    private readonly DateTimeOffset _start = start;
    private long _sequence;

    public static IEnumerable<string> Plugins => Interests.Keys;

    public List<NaiveQueuedPod> Active { get; } = [];

    public List<NaiveQueuedPod> Backoff { get; } = [];

    public List<NaiveQueuedPod> Unschedulable { get; } = [];

    public List<(string Uid, Pod Pod, string Node)> Nominated { get; } = [];

    public DateTimeOffset Now { get; private set; } = start;

    public long SchedulingCycle { get; private set; }

    public long MoveRequestCycle { get; private set; } = -1;

    public IEnumerable<NaiveQueuedPod> ActiveInOrder =>
        Active.OrderByDescending(static pod => pod.Pod.Spec.Priority ?? 0).ThenBy(static pod => pod.Timestamp).ThenBy(static pod => pod.Sequence);

    public IEnumerable<NaiveQueuedPod> BackoffInOrder => Backoff.OrderBy(Expiry).ThenBy(static pod => pod.Sequence);

    public static bool Matches(string plugin, string resource, string action) =>
        Interests.TryGetValue(plugin, out var interests)
            ? interests.Contains($"{resource}={action}") || (action is "Label" or "Taint" or "Allocatable" or "Condition" && interests.Contains($"{resource}=Update"))
            : ResourcesOfOthers.Contains(resource);

    public void AdvanceTo(DateTimeOffset time)
    {
        for (var second = (long)(Now - _start).TotalSeconds + 1; _start.AddSeconds(second) <= time; second++)
        {
            Now = _start.AddSeconds(second);
            foreach (var pod in BackoffInOrder.Where(pod => Expiry(pod) <= Now).ToList())
            {
                Backoff.Remove(pod);
                Enter(Active, pod);
            }

            if (second % 30 == 0 && Unschedulable.Where(pod => Now - pod.Timestamp > maxUnschedulable).ToList() is { Count: > 0 } waited)
            {
                Move(waited);
            }
        }

        Now = time;
    }

    public void Add(Pod pod)
    {
        Remove(ObjectKey.Of(pod));
        Enter(Active, new(pod, Now));
        Nominate(pod, null);
    }

    public NaiveQueuedPod? Pop()
    {
        if (ActiveInOrder.FirstOrDefault() is not { } first)
        {
            return null;
        }

        Active.Remove(first);
        first.Attempts++;
        SchedulingCycle++;
        return first;
    }

    public bool AddUnschedulableIfNotPresent(NaiveQueuedPod info, Pod pod, string[]? plugins)
    {
        if (Find(info.Key) is not null)
        {
            return false;
        }

        info.Pod = pod;
        info.Timestamp = Now;
        info.Plugins = plugins is null ? info.Plugins : [.. plugins];
        Enter(MoveRequestCycle >= SchedulingCycle ? Backoff : Unschedulable, info);
        Nominate(pod, null);
        return true;
    }

    public void Update(Pod oldPod, Pod newPod, bool onlyStatusOrBookkeeping)
    {
        if (Find(ObjectKey.Of(newPod)) is not { } info)
        {
            Enter(Active, new(newPod, Now));
            Nominate(newPod, null);
            return;
        }

        var kept = Nominated.Where(entry => entry.Uid == oldPod.Metadata.Uid).Select(static entry => entry.Node).FirstOrDefault();
        Unnominate(oldPod);
        Nominate(newPod, oldPod.Status.NominatedNodeName == "" && newPod.Status.NominatedNodeName == "" ? kept : null);
        info.Pod = newPod;
        if (Unschedulable.Contains(info) && !onlyStatusOrBookkeeping)
        {
            Unschedulable.Remove(info);
            Enter(Expiry(info) > Now ? Backoff : Active, info);
        }
    }

    public void Delete(Pod pod)
    {
        Unnominate(pod);
        Remove(ObjectKey.Of(pod));
    }

    public void MoveAll(string resource, string action, Func<Pod, bool> preCheck) =>
        Move([.. Unschedulable.Where(pod => preCheck(pod.Pod) && Wakes(pod, resource, action))]);

    public void Assigned(string action, Func<Pod, bool> requiresAffinity) =>
        Move([.. Unschedulable.Where(pod => requiresAffinity(pod.Pod) && Wakes(pod, "Pod", action))]);

    public void Nominate(Pod pod, string? node)
    {
        Unnominate(pod);
        var name = node ?? pod.Status.NominatedNodeName;
        if ((node is not null || name != "") && findPod(ObjectKey.Of(pod)) is { Spec.NodeName: "" })
        {
            Nominated.Add((pod.Metadata.Uid, pod, name));
        }
    }

    public void Unnominate(Pod pod) => Nominated.RemoveAll(entry => entry.Uid == pod.Metadata.Uid);

    public NaiveQueuedPod? Find(ObjectKey key) => Active.Concat(Backoff).Concat(Unschedulable).FirstOrDefault(pod => pod.Key == key);

    private static bool Wakes(NaiveQueuedPod pod, string resource, string action) =>
        pod.Plugins.Count == 0 || pod.Plugins.Any(plugin => Matches(plugin, resource, action));

    private DateTimeOffset Expiry(NaiveQueuedPod pod)
    {
        var duration = initialBackoff;
        for (var i = 1; i < pod.Attempts; i++)
        {
            duration = duration > maxBackoff - duration ? maxBackoff : duration * 2;
        }

        return pod.Timestamp + duration;
    }

    private void Move(List<NaiveQueuedPod> pods)
    {
        foreach (var pod in pods)
        {
            Unschedulable.Remove(pod);
            Enter(Expiry(pod) > Now ? Backoff : Active, pod);
        }

        MoveRequestCycle = SchedulingCycle;
    }

    private void Remove(ObjectKey key)
    {
        Active.RemoveAll(pod => pod.Key == key);
        Backoff.RemoveAll(pod => pod.Key == key);
        Unschedulable.RemoveAll(pod => pod.Key == key);
    }

    private void Enter(List<NaiveQueuedPod> list, NaiveQueuedPod pod)
    {
        pod.Sequence = _sequence++;
        list.Add(pod);
    }
}
