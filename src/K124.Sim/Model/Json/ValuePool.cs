namespace K124.Sim.Model.Json;

/// <summary>A bounded table of recent values: equal ones read while both are in the table share one instance.</summary>
/// <remarks>Two slots per bucket; the older value is pushed out, so memory does not grow with the input. The hash decides
/// only what is shared, never what is read.</remarks>
internal sealed class ValuePool<T>(Func<T, T, bool> areSame)
    where T : class
{
    private const int BucketCount = 1 << 13;

    private readonly T?[] _slots = new T?[BucketCount * 2];

    public T Share(T value)
    {
        var first = (int)((uint)value.GetHashCode() % BucketCount) * 2;
        if (_slots[first] is { } recent && areSame(recent, value))
        {
            return recent;
        }

        var older = _slots[first + 1];
        var result = older is not null && areSame(older, value) ? older : value;
        _slots[first + 1] = _slots[first];
        _slots[first] = result;
        return result;
    }
}
