using K124.Sim.Text;

namespace K124.Sim.Scheduling.State;

/// <summary>The resources that the scheduler knows, as dense ids: three native ones, then scalars as they appear.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/util (IsScalarResourceName).</remarks>
internal sealed class ResourceNames
{
    public const int Cpu = 0;
    public const int Memory = 1;
    public const int EphemeralStorage = 2;
    public const int FirstScalar = 3;

    public const string CpuName = "cpu";
    public const string MemoryName = "memory";
    public const string EphemeralStorageName = "ephemeral-storage";
    public const string PodsName = "pods";

    private readonly List<string> _names;
    private readonly Dictionary<string, int> _ids;

    public ResourceNames(bool countsEphemeralStorage)
    {
        _names = [CpuName, MemoryName, EphemeralStorageName];
        _ids = new(StringComparer.Ordinal) { [CpuName] = Cpu, [MemoryName] = Memory, [EphemeralStorageName] = countsEphemeralStorage ? EphemeralStorage : -1 };
    }

    private ResourceNames(ResourceNames other)
    {
        _names = [.. other._names];
        _ids = new(other._ids, StringComparer.Ordinal);
    }

    public int Count => _names.Count;

    public string this[int id] => _names[id];

    /// <summary>The same names, to which others may be added.</summary>
    public ResourceNames Copy() => new(this);

    /// <summary>The id of a resource, or -1 if it was never named or is ignored.</summary>
    public int Find(string name) => _ids.GetValueOrDefault(name, -1);

    /// <summary>The id of a resource that a pod or node names, or -1 if the scheduler ignores it.</summary>
    public int Intern(string name)
    {
        if (_ids.TryGetValue(name, out var id))
        {
            return id;
        }

        id = IsScalar(name) ? _names.Count : -1;
        _ids.Add(name, id);
        if (id >= 0)
        {
            _names.Add(name);
        }

        return id;
    }

    private static bool IsScalar(string name) =>
        name.StartsWith("hugepages-", StringComparison.Ordinal)
        || name.StartsWith("attachable-volumes-", StringComparison.Ordinal)
        || name.Contains("kubernetes.io/", StringComparison.Ordinal)
        || IsExtended(name);

    /// <summary>Whether a resource is not one of Kubernetes' own.</summary>
    public static bool IsExtended(string name) =>
        name.Contains('/', StringComparison.Ordinal)
        && !name.StartsWith("requests.", StringComparison.Ordinal)
        && NameRules.QualifiedName("requests." + name).Length == 0;
}
