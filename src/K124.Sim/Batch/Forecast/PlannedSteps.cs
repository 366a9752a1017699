using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Batch.Forecast;

/// <summary>Steps from the plans of a scenario.</summary>
internal sealed class PlannedSteps(StringMap<PodPlan> plans, PodPlan? otherwise) : IPodStepsSource
{
    private readonly PodSteps _otherwise = otherwise is null ? PodSteps.Never : PodSteps.Of(otherwise);

    public static string Identity(int index, int attempt) => index < 0
        ? string.Create(CultureInfo.InvariantCulture, $"p.{attempt}")
        : string.Create(CultureInfo.InvariantCulture, $"i{index}.{attempt}");

    public PodSteps Next(int index, int attempt) =>
        plans.Count > 0 && plans.TryGetValue(Identity(index, attempt), out var plan) ? PodSteps.Of(plan) : _otherwise;
}
