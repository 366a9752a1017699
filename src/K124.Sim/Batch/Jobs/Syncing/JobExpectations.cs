namespace K124.Sim.Batch.Jobs.Syncing;

/// <summary>Creations and deletions that the controller asked for and has not yet seen.</summary>
internal struct JobExpectations
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private bool _exists;
    private DateTimeOffset _setAt;

    public int Creations { get; private set; }

    public int Deletions { get; private set; }

    public void Set(int creations, int deletions, DateTimeOffset now)
    {
        _exists = true;
        Creations = creations;
        Deletions = deletions;
        _setAt = now;
    }

    public void Clear() => this = default;

    public void CreationObserved() => Creations -= _exists ? 1 : 0;

    public void DeletionObserved() => Deletions -= _exists ? 1 : 0;

    public readonly bool Satisfied(DateTimeOffset now) =>
        !_exists || (Creations <= 0 && Deletions <= 0) || now - _setAt > Lifetime;
}
