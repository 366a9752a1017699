using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>A number of replicas that was recommended, or by how many a size was changed.</summary>
/// <param name="Value">The number.</param>
/// <param name="Time">When.</param>
internal readonly record struct ScalingRecord(int Value, DateTimeOffset Time);

/// <summary>What becomes of a proposal.</summary>
/// <param name="Replicas">The size to scale to.</param>
/// <param name="AbleToScale">Reason and message of condition AbleToScale.</param>
/// <param name="ScalingLimited">Status, reason and message of condition ScalingLimited.</param>
/// <param name="Recommendations">Recommendations to be kept.</param>
internal sealed record StabilizedSize(
    int Replicas,
    (string Reason, string Message) AbleToScale,
    (bool Status, string Reason, string Message) ScalingLimited,
    ImmutableArray<ScalingRecord> Recommendations);

/// <summary>Keeps horizontal scaling from flapping and from going too fast.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/podautoscaler/horizontal.go.</remarks>
/// <param name="now">The present.</param>
internal sealed class HorizontalStabilization(DateTimeOffset now)
{
    private const double Percent = 100;
    private const int SmallestScaleUpLimit = 4;
    private const string Higher = "recent recommendations were higher than current one, applying the highest recent recommendation";
    private const string Lower = "recent recommendations were lower than current one, applying the lowest recent recommendation";

    private static readonly (string Reason, string Message) Within = ("DesiredWithinRange", "the desired count is within the acceptable range");
    private static readonly (string Reason, string Message) TooFew = ("TooFewReplicas", "the desired replica count is less than the minimum replica count");
    private static readonly (string Reason, string Message) TooMany = ("TooManyReplicas", "the desired replica count is more than the maximum replica count");
    private static readonly (string Reason, string Message) UpLimit = ("ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate");
    private static readonly (string Reason, string Message) DownLimit = ("ScaleDownLimit", "the desired replica count is decreasing faster than the maximum scale rate");

    /// <summary>Without rules of its own: the highest recommendation of a window, at most doubled.</summary>
    public StabilizedSize Plain(int current, int desired, int min, int max, TimeSpan window, ImmutableArray<ScalingRecord> recommendations)
    {
        var cutoff = now - window;
        var stabilized = desired;
        var old = -1;
        for (var i = 0; i < recommendations.Length; i++)
        {
            if (recommendations[i].Time < cutoff)
            {
                old = i;
            }
            else
            {
                stabilized = Math.Max(stabilized, recommendations[i].Value);
            }
        }

        var upLimit = Math.Max(2 * current, SmallestScaleUpLimit);
        var (size, reason) = stabilized < min ? (min, TooFew)
            : stabilized > Math.Min(max, upLimit) ? (Math.Min(max, upLimit), max > upLimit ? UpLimit : TooMany)
            : (stabilized, Within);
        return Result(size, stabilized, desired, ("ScaleDownStabilized", Higher), reason, Keep(recommendations, old, desired));
    }

    /// <summary>By the rules of an autoscaler.</summary>
    /// <param name="behavior">The rules.</param>
    /// <param name="current">The size that is.</param>
    /// <param name="desired">The size that metrics ask for.</param>
    /// <param name="min">Smallest size.</param>
    /// <param name="max">Largest size.</param>
    /// <param name="window">Window of shrinking if the rules name none.</param>
    /// <param name="recommendations">Earlier recommendations.</param>
    /// <param name="ups">Earlier growth.</param>
    /// <param name="downs">Earlier shrinking.</param>
    public StabilizedSize ByBehavior(
        HorizontalPodAutoscalerBehavior behavior,
        int current,
        int desired,
        int min,
        int max,
        TimeSpan window,
        ImmutableArray<ScalingRecord> recommendations,
        ImmutableArray<ScalingRecord> ups,
        ImmutableArray<ScalingRecord> downs)
    {
        var upRules = behavior.ScaleUp ?? new();
        var downRules = behavior.ScaleDown ?? new();
        var upCutoff = now.AddSeconds(-(upRules.StabilizationWindowSeconds ?? 0));
        var downCutoff = now - (downRules.StabilizationWindowSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : window);
        int lowest = desired, highest = desired, old = -1;
        for (var i = 0; i < recommendations.Length; i++)
        {
            var (value, time) = recommendations[i];
            lowest = time > upCutoff ? Math.Min(lowest, value) : lowest;
            highest = time > downCutoff ? Math.Max(highest, value) : highest;
            old = time < upCutoff && time < downCutoff ? i : old;
        }

        var stabilized = Math.Min(Math.Max(current, lowest), highest);
        var (size, reason) = stabilized > current ? Grow(upRules, current, stabilized, max, ups)
            : stabilized < current ? Shrink(downRules, current, stabilized, min, downs)
            : (stabilized, Within);
        return Result(
            size,
            stabilized,
            desired,
            desired >= current ? ("ScaleUpStabilized", Lower) : ("ScaleDownStabilized", Higher),
            reason,
            Keep(recommendations, old, desired));
    }

    private (int Size, (string Reason, string Message) Reason) Grow(
        HPAScalingRules rules, int current, int desired, int max, ImmutableArray<ScalingRecord> events)
    {
        var limit = Math.Max(current, Select(rules, current, isUp: true, policy =>
        {
            var start = current - Changed(events, policy.PeriodSeconds);
            return policy.Type == "Pods" ? start + policy.Value : (int)Math.Ceiling(start * (1 + (policy.Value / Percent)));
        }));
        var most = Math.Min(max, limit);
        return desired > most ? (most, max > limit ? UpLimit : TooMany) : (desired, Within);
    }

    private (int Size, (string Reason, string Message) Reason) Shrink(
        HPAScalingRules rules, int current, int desired, int min, ImmutableArray<ScalingRecord> events)
    {
        var limit = Math.Min(current, Select(rules, current, isUp: false, policy =>
        {
            var start = current + Changed(events, policy.PeriodSeconds);
            return policy.Type == "Pods" ? start - policy.Value : (int)(start * (1 - (policy.Value / Percent)));
        }));
        var least = Math.Max(min, limit);
        return desired < least ? (least, min < limit ? DownLimit : TooFew) : (desired, Within);
    }

    private static int Select(HPAScalingRules rules, int current, bool isUp, Func<HPAScalingPolicy, int> limitOf)
    {
        if (rules.SelectPolicy == "Disabled")
        {
            return current;
        }

        // The smallest change is the lowest limit upwards and the highest one downwards.
        var takesLowest = (rules.SelectPolicy == "Min") == isUp;
        var limit = takesLowest ? int.MaxValue : int.MinValue;
        foreach (var policy in rules.Policies)
        {
            limit = takesLowest ? Math.Min(limit, limitOf(policy)) : Math.Max(limit, limitOf(policy));
        }

        return limit;
    }

    private int Changed(ImmutableArray<ScalingRecord> events, int periodSeconds)
    {
        var cutoff = now.AddSeconds(-periodSeconds);
        return events.Where(record => record.Time > cutoff).Sum(static record => record.Value);
    }

    private ImmutableArray<ScalingRecord> Keep(ImmutableArray<ScalingRecord> recommendations, int old, int desired) =>
        old >= 0 ? recommendations.SetItem(old, new(desired, now)) : recommendations.Add(new(desired, now));

    private static StabilizedSize Result(
        int size,
        int stabilized,
        int desired,
        (string Reason, string Message) stabilization,
        (string Reason, string Message) limit,
        ImmutableArray<ScalingRecord> recommendations) => new(
            size,
            stabilized != desired ? stabilization : ("ReadyForNewScale", "recommended size matches current size"),
            (size != stabilized, limit.Reason, limit.Message),
            recommendations);
}
