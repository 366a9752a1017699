using K124.Sim.Model;
using K124.Sim.Scheduling.State;

namespace K124.Sim.Scheduling.Configuration;

/// <summary>Says what is wrong with extenders.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/apis/config/validation (validateExtenders).</remarks>
internal static class ExtenderChecks
{
    /// <summary>What 1.24 refuses.</summary>
    public static IEnumerable<FieldError> Errors(IReadOnlyList<SchedulerExtender> extenders)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < extenders.Count; i++)
        {
            var (extender, path) = (extenders[i], $"extenders[{i}]");
            if (extender.PrioritizeVerb.Length > 0 && extender.Weight <= 0)
            {
                yield return new(FieldErrorType.Invalid, path + ".weight", $"{extender.Weight}", "must have a positive weight applied to it");
            }

            for (var j = 0; j < extender.ManagedResources.Length; j++)
            {
                var name = extender.ManagedResources[j].Name;
                var field = $"{path}.managedResources[{j}].name";
                if (!ResourceNames.IsExtended(name))
                {
                    yield return new(FieldErrorType.Invalid, field, $"\"{name}\"", "is an invalid extended resource name");
                }

                if (!names.Add(name))
                {
                    yield return new(FieldErrorType.Invalid, field, $"\"{name}\"", "duplicate extender managed resource name");
                }
            }
        }

        var binders = extenders.Count(static extender => extender.BindVerb.Length > 0);
        if (binders > 1)
        {
            yield return new(FieldErrorType.Invalid, "extenders", $"found {binders} extenders implementing bind", "only one extender can implement bind");
        }
    }

    /// <summary>Extenders that nobody answers for.</summary>
    public static IEnumerable<FieldError> Unanswered(IReadOnlyList<SchedulerExtender> extenders)
    {
        for (var i = 0; i < extenders.Count; i++)
        {
            var extender = extenders[i];
            if (extender.FilterVerb.Length > 0 && extender.Filter is null)
            {
                yield return new(FieldErrorType.Required, $"extenders[{i}].{nameof(SchedulerExtender.Filter)}", null, $"the extender {extender.UrlPrefix} filters, and nothing answers in its place");
            }

            if (extender.PreemptVerb.Length > 0 && extender.Preempt is null)
            {
                yield return new(FieldErrorType.Required, $"extenders[{i}].{nameof(SchedulerExtender.Preempt)}", null, $"the extender {extender.UrlPrefix} has a say in preemption, and nothing answers in its place");
            }

            if (extender.BindVerb.Length > 0 && extender.Bind is null)
            {
                yield return new(FieldErrorType.Required, $"extenders[{i}].{nameof(SchedulerExtender.Bind)}", null, $"the extender {extender.UrlPrefix} binds, and nothing answers in its place");
            }

            if (extender.PrioritizeVerb.Length > 0 && extender.Prioritize is null)
            {
                yield return new(FieldErrorType.Required, $"extenders[{i}].{nameof(SchedulerExtender.Prioritize)}", null, $"the extender {extender.UrlPrefix} scores, and nothing answers in its place");
            }
        }
    }
}
