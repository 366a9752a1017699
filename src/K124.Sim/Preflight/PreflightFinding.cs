namespace K124.Sim.Preflight;

/// <summary>Something in a cluster or a manifest that matters for an upgrade to 1.24.</summary>
/// <param name="Rule">Id of the rule that found it.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Subject">The object.</param>
/// <param name="Field">Path of the field in the object; empty for the object as a whole.</param>
/// <param name="Behavior">What 1.24 does.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record PreflightFinding(
    string Rule, PreflightSeverity Severity, PreflightSubject Subject, string Field, string Behavior, string Remedy)
{
    /// <summary>Where the rule is explained.</summary>
    /// <value>A section of the project's documentation.</value>
    public string Link => $"docs/preflight.md#{Rule}";

    /// <summary>What a baseline knows the finding by: it stays the same when files move or lines shift.</summary>
    /// <value>Rule, object and field.</value>
    public string Key => $"{Rule} {Subject} {Field}".TrimEnd();
}
