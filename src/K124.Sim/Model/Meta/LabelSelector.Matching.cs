using K124.Sim.Model.Selectors;

namespace K124.Sim.Model;

public sealed partial record LabelSelector
{
    /// <summary>Whether an object with the given labels is selected.</summary>
    /// <param name="labels">The labels.</param>
    /// <returns>True if every requirement holds; false too if the selector is not valid.</returns>
    /// <remarks>Checks the selector on each call. Kubernetes 1.24 apimachinery/pkg/apis/meta/v1 (LabelSelectorAsSelector).</remarks>
    public bool Matches(StringMap<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return CompiledSelector.TryCompile(this, out _)?.Matches(labels) ?? false;
    }
}
