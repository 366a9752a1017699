namespace K124.Sim.Storage.Binding;

/// <summary>Keeps what it takes to undo changes.</summary>
internal interface IStorageUndo
{
    /// <summary>Whether changes made now may have to be undone.</summary>
    bool IsActive { get; }

    /// <summary>Keeps how to undo a change that is being made.</summary>
    void Add(Action undo);
}
