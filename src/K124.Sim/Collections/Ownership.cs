namespace K124.Sim.Collections;

/// <summary>Who may write: what was written under another token is seen by somebody else too, and copied before it is written to.</summary>
internal sealed class Ownership
{
    /// <summary>Marks what its holder may write to; no two holders have the same one.</summary>
    public object Token { get; private set; } = new();

    /// <summary>Gives up all that is owned so far: from here on it is shared.</summary>
    public void Renounce() => Token = new();
}
