using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Classes;

/// <summary>What a pod asks of a node: cpu in thousandths, everything else in whole units.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework (calculateResource) and plugins/noderesources.</remarks>
internal sealed class PodRequests
{
    private const long DefaultCpuMilli = 100;
    private const long DefaultMemoryBytes = 200L << 20;

    private PodRequests(Pod pod, ResourceNames names)
    {
        var total = new long[names.Count];
        var named = new SortedSet<int>();
        foreach (var container in pod.Spec.Containers)
        {
            Accumulate(ref total, named, container.Resources.Requests, names, static (sum, amount) => sum + amount);
        }

        foreach (var container in pod.Spec.InitContainers)
        {
            Accumulate(ref total, named, container.Resources.Requests, names, Math.Max);
        }

        Accumulate(ref total, named, pod.Spec.Overhead, names, static (sum, amount) => sum + amount);
        CpuMilli = total[ResourceNames.Cpu];
        MemoryBytes = total[ResourceNames.Memory];
        EphemeralStorageBytes = total[ResourceNames.EphemeralStorage];
        Scalars = [.. named.Where(static id => id >= ResourceNames.FirstScalar).OrderBy(id => names[id], StringComparer.Ordinal).Select(id => new ScalarAmount(id, total[id]))];

        (NonZeroCpuMilli, NonZeroMemoryBytes) = (
            ForScoring(pod, ResourceNames.CpuName, DefaultCpuMilli) + (pod.Spec.Overhead.TryGetValue(ResourceNames.CpuName, out var cpu) ? cpu.MilliValue() : 0),
            ForScoring(pod, ResourceNames.MemoryName, DefaultMemoryBytes) + OverheadInUnits(pod, ResourceNames.MemoryName));

        // 1.24 adds the overhead to a score's request in whole units even for cpu, where the request is in thousandths.
        ScoredNonZeroCpuMilli = ForScoring(pod, ResourceNames.CpuName, DefaultCpuMilli) + OverheadInUnits(pod, ResourceNames.CpuName);
        ScoredCpuMilli = ForScoring(pod, ResourceNames.CpuName, 0) + OverheadInUnits(pod, ResourceNames.CpuName);
        IsExtreme = ExtremeAmounts.Has(
            CpuMilli | MemoryBytes | EphemeralStorageBytes | NonZeroCpuMilli | NonZeroMemoryBytes | ScoredNonZeroCpuMilli | ScoredCpuMilli
            | Scalars.Aggregate(0L, static (all, scalar) => all | scalar.Amount));
    }

    /// <summary>Whether some amount is negative, or so large that sums and scores may leave their usual ranges.</summary>
    public bool IsExtreme { get; }

    public long CpuMilli { get; }

    public long MemoryBytes { get; }

    public long EphemeralStorageBytes { get; }

    /// <summary>Extended and other scalar resources, in ordinal order of their names; named with 0 counts as named.</summary>
    public ScalarAmount[] Scalars { get; }

    /// <summary>Cpu with the default for containers that name none: what the pod adds to its node for scoring.</summary>
    public long NonZeroCpuMilli { get; }

    /// <summary>Memory with the default for containers that name none; also the incoming pod's share in scoring.</summary>
    public long NonZeroMemoryBytes { get; }

    /// <summary>The incoming pod's cpu in scores that use defaults.</summary>
    public long ScoredNonZeroCpuMilli { get; }

    /// <summary>The incoming pod's cpu in scores without defaults.</summary>
    public long ScoredCpuMilli { get; }

    /// <summary>True if the pod asks for nothing at all, so that only the number of pods counts.</summary>
    public bool IsEmpty => CpuMilli == 0 && MemoryBytes == 0 && EphemeralStorageBytes == 0 && Scalars.Length == 0;

    public static PodRequests Of(Pod pod, ResourceNames names) => new(pod, names);

    /// <summary>An amount of a resource in the scheduler's unit.</summary>
    public static long AmountOf(string name, Quantity quantity) => name == ResourceNames.CpuName ? quantity.MilliValue() : quantity.Value();

    /// <summary>What an incoming pod is taken to ask for in scores.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="name">The resource.</param>
    /// <param name="withDefaults">Whether containers that name no cpu or memory count with a default.</param>
    public static long Scored(Pod pod, string name, bool withDefaults) =>
        ForScoring(pod, name, (withDefaults, name) switch { (true, ResourceNames.CpuName) => DefaultCpuMilli, (true, ResourceNames.MemoryName) => DefaultMemoryBytes, _ => 0 })
        + OverheadInUnits(pod, name);

    private static void Accumulate(
        ref long[] total, SortedSet<int> named, StringMap<Quantity> requests, ResourceNames names, Func<long, long, long> combine)
    {
        foreach (var (name, quantity) in requests.Entries)
        {
            var id = names.Intern(name);
            if (id < 0)
            {
                continue;
            }

            if (id >= total.Length)
            {
                Array.Resize(ref total, names.Count);
            }

            named.Add(id);
            total[id] = combine(total[id], AmountOf(name, quantity));
        }
    }

    private static long ForScoring(Pod pod, string name, long defaultAmount)
    {
        long sum = 0;
        foreach (var container in pod.Spec.Containers)
        {
            sum += Amount(container);
        }

        foreach (var container in pod.Spec.InitContainers)
        {
            sum = Math.Max(sum, Amount(container));
        }

        return sum;

        long Amount(Container container) =>
            container.Resources.Requests.TryGetValue(name, out var quantity) ? AmountOf(name, quantity) : defaultAmount;
    }

    private static long OverheadInUnits(Pod pod, string name) => pod.Spec.Overhead.TryGetValue(name, out var quantity) ? quantity.Value() : 0;
}

/// <summary>An amount of one scalar resource.</summary>
internal readonly record struct ScalarAmount(int Resource, long Amount);
