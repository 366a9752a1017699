namespace K124.Sim.Model;

/// <summary>Repels pods that do not tolerate it.</summary>
public sealed record Taint
{
    /// <summary>Taint key.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>Taint value.</summary>
    public string Value { get; init => field = value ?? ""; } = "";

    /// <summary><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>.</summary>
    public string Effect { get; init => field = value ?? ""; } = "";

    /// <summary>When a NoExecute taint was added.</summary>
    public DateTimeOffset? TimeAdded { get; init; }
}
