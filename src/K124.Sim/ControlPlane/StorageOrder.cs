using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

/// <summary>The order of etcd's keys <c>namespace/name</c>: the namespace <c>a-b</c> comes before <c>a</c>, because a dash comes before a slash.</summary>
internal sealed class StorageOrder : IComparer<ObjectKey>
{
    public static readonly StorageOrder Instance = new();

    public int Compare(ObjectKey x, ObjectKey y)
    {
        if (string.Equals(x.Namespace, y.Namespace, StringComparison.Ordinal))
        {
            return string.CompareOrdinal(x.Name, y.Name);
        }

        var (left, right) = (x.Namespace, y.Namespace);
        var common = left.AsSpan().CommonPrefixLength(right);
        return Next(left, common) - Next(right, common);
    }

    private static int Next(string text, int index) => index < text.Length ? text[index] : '/';
}
