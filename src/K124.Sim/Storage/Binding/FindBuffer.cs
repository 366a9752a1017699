namespace K124.Sim.Storage.Binding;

/// <summary>Where a search for volumes leaves what it found; used again and again.</summary>
internal sealed class FindBuffer
{
    public List<BindingInfo> Bindings { get; } = [];

    /// <summary>Claims to provision; those that cannot be are there too.</summary>
    public List<PendingClaim> Provisions { get; } = [];

    /// <summary>Whether all of <see cref="Provisions"/> can be provisioned.</summary>
    public bool CanProvision { get; set; }

    public string? Error { get; set; }

    public void Clear()
    {
        Bindings.Clear();
        Provisions.Clear();
        CanProvision = false;
        Error = null;
    }
}
