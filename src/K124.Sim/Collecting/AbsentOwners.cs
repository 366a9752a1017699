namespace K124.Sim.Collecting;

/// <summary>Owners that were found not to exist: the last ones that were spoken of.</summary>
internal sealed class AbsentOwners
{
    private const int Capacity = 500;

    private readonly LinkedList<ObjectIdentity> _byUse = [];
    private readonly Dictionary<ObjectIdentity, LinkedListNode<ObjectIdentity>> _entries = [];

    public void Add(ObjectIdentity owner)
    {
        if (Contains(owner))
        {
            return;
        }

        _entries.Add(owner, _byUse.AddFirst(owner));
        if (_entries.Count > Capacity)
        {
            _entries.Remove(_byUse.Last!.Value);
            _byUse.RemoveLast();
        }
    }

    public bool Contains(ObjectIdentity owner)
    {
        if (!_entries.TryGetValue(owner, out var node))
        {
            return false;
        }

        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return true;
    }

    public AbsentOwners Fork()
    {
        var copy = new AbsentOwners();
        foreach (var owner in _byUse.Reverse())
        {
            copy.Add(owner);
        }

        return copy;
    }
}
