using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Pods;

/// <summary>What the API server accepts as a PriorityClass, and which class a pod gets.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/scheduling and plugin/pkg/admission/priority; KEP-902 for the preemption policy.</remarks>
public static class PriorityClasses
{
    /// <summary>Highest value that a class of a user may have.</summary>
    public const int HighestUserDefinablePriority = 1_000_000_000;

    internal const string PreemptLowerPriority = nameof(PreemptLowerPriority);
    internal const string Never = nameof(Never);
    private const string SystemPrefix = "system-";

    /// <summary>The classes that every cluster has.</summary>
    public static ImmutableArray<PriorityClass> System { get; } =
    [
        SystemClass("system-node-critical", 2_000_001_000, "Used for system critical pods that must not be moved from their current node."),
        SystemClass("system-cluster-critical", 2_000_000_000, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."),
    ];

    /// <summary>Judges a class that is to be created.</summary>
    /// <param name="priorityClass">The class; without a preemption policy it gets <c>PreemptLowerPriority</c>.</param>
    /// <param name="existing">The classes that there are.</param>
    /// <returns>The class as it is stored, or why it is refused.</returns>
    public static AdmissionResult<PriorityClass> Create(PriorityClass priorityClass, ObjectSet<PriorityClass> existing)
    {
        ArgumentNullException.ThrowIfNull(priorityClass);
        ArgumentNullException.ThrowIfNull(existing);
        var defaulted = WithDefaults(priorityClass);
        ImmutableArray<FieldError> errors = [.. NameErrors(defaulted), .. ValueErrors(defaulted), .. PolicyErrors(defaulted)];
        return errors.IsEmpty ? AllowOneDefault(defaulted, existing) : AdmissionResult<PriorityClass>.Invalid(errors);
    }

    /// <summary>Judges a change of a class: its value and its preemption policy stay for ever.</summary>
    /// <param name="oldClass">The class before.</param>
    /// <param name="newClass">The class that is to take its place, of the same name.</param>
    /// <param name="existing">The classes that there are.</param>
    /// <returns>The class as it is stored, or why it is refused.</returns>
    /// <exception cref="ArgumentException">The names differ.</exception>
    public static AdmissionResult<PriorityClass> Update(PriorityClass oldClass, PriorityClass newClass, ObjectSet<PriorityClass> existing)
    {
        ArgumentNullException.ThrowIfNull(oldClass);
        ArgumentNullException.ThrowIfNull(newClass);
        ArgumentNullException.ThrowIfNull(existing);
        if (oldClass.Metadata.Name != newClass.Metadata.Name)
        {
            throw new ArgumentException($"The PriorityClass '{newClass.Metadata.Name}' is not '{oldClass.Metadata.Name}'.", nameof(newClass));
        }

        var defaulted = WithDefaults(newClass);
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        if (defaulted.Value != oldClass.Value)
        {
            errors.Add(new(FieldErrorType.Forbidden, "Value", null, "may not be changed in an update."));
        }

        if (defaulted.PreemptionPolicy != WithDefaults(oldClass).PreemptionPolicy)
        {
            errors.Add(new(FieldErrorType.Invalid, "preemptionPolicy", $"\"{defaulted.PreemptionPolicy}\"", "field is immutable"));
        }

        return errors.Count == 0 ? AllowOneDefault(defaulted, existing) : AdmissionResult<PriorityClass>.Invalid(errors.ToImmutable());
    }

    /// <summary>Judges the deletion of a class. Pods keep the priority that they have.</summary>
    /// <param name="priorityClass">The class.</param>
    /// <returns>Why it is refused; null if it is not.</returns>
    public static string? DeletionError(PriorityClass priorityClass)
    {
        ArgumentNullException.ThrowIfNull(priorityClass);
        return IsSystem(priorityClass.Metadata.Name) ? "this is a system priority class and cannot be deleted" : null;
    }

    /// <summary>The class of pods that name none.</summary>
    /// <param name="existing">The classes that there are.</param>
    /// <returns>Of the classes marked as default the one of the lowest value, of equal ones the first by name; null if there is none.</returns>
    public static PriorityClass? Default(ObjectSet<PriorityClass> existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        return existing
            .Where(static candidate => candidate.GlobalDefault)
            .OrderBy(static candidate => candidate.Value)
            .ThenBy(static candidate => candidate.Metadata.Name, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>Finds a class by name, the system's own included.</summary>
    internal static PriorityClass? Find(string name, ObjectSet<PriorityClass> existing) =>
        existing.Find(name) ?? System.FirstOrDefault(candidate => candidate.Metadata.Name == name);

    private static PriorityClass SystemClass(string name, int value, string description) =>
        new() { Metadata = new() { Name = name }, Value = value, Description = description, PreemptionPolicy = PreemptLowerPriority };

    private static bool IsSystem(string name) => System.Any(candidate => candidate.Metadata.Name == name);

    private static PriorityClass WithDefaults(PriorityClass priorityClass) =>
        priorityClass with { PreemptionPolicy = priorityClass.PreemptionPolicy ?? PreemptLowerPriority };

    private static IEnumerable<FieldError> NameErrors(PriorityClass priorityClass)
    {
        var name = priorityClass.Metadata.Name;
        if (name.Length == 0)
        {
            return [new(FieldErrorType.Required, "metadata.name", null, "name or generateName is required")];
        }

        return NameRules.Subdomain(name).Select(error => new FieldError(FieldErrorType.Invalid, "metadata.name", GoText.Quote(name), error));
    }

    private static IEnumerable<FieldError> ValueErrors(PriorityClass priorityClass)
    {
        if (priorityClass.Metadata.Name.StartsWith(SystemPrefix, StringComparison.Ordinal))
        {
            if (SystemMismatch(priorityClass) is { } detail)
            {
                yield return new(
                    FieldErrorType.Forbidden, "metadata.name", null, $"priority class names with '{SystemPrefix}' prefix are reserved for system use only. error: {detail}");
            }
        }
        else if (priorityClass.Value > HighestUserDefinablePriority)
        {
            yield return new(FieldErrorType.Forbidden, "value", null, $"maximum allowed value of a user defined priority is {HighestUserDefinablePriority}");
        }
    }

    private static string? SystemMismatch(PriorityClass priorityClass)
    {
        var name = priorityClass.Metadata.Name;
        return System.FirstOrDefault(candidate => candidate.Metadata.Name == name) is not { } known ? $"{name} is not a known system priority class"
            : priorityClass.Value != known.Value ? $"value of {name} PriorityClass must be {known.Value}"
            : priorityClass.GlobalDefault ? $"globalDefault of {name} PriorityClass must be false"
            : null;
    }

    private static IEnumerable<FieldError> PolicyErrors(PriorityClass priorityClass)
    {
        if (priorityClass.PreemptionPolicy is { Length: 0 })
        {
            yield return new(FieldErrorType.Required, "preemptionPolicy", null, "");
        }
        else if (priorityClass.PreemptionPolicy is not (PreemptLowerPriority or Never))
        {
            yield return new(
                FieldErrorType.NotSupported, "preemptionPolicy", $"\"{priorityClass.PreemptionPolicy}\"", $"supported values: \"{PreemptLowerPriority}\", \"{Never}\"");
        }
    }

    private static AdmissionResult<PriorityClass> AllowOneDefault(PriorityClass priorityClass, ObjectSet<PriorityClass> existing) =>
        priorityClass.GlobalDefault && Default(existing) is { } other && other.Metadata.Name != priorityClass.Metadata.Name
            ? AdmissionResult<PriorityClass>.Forbidden($"PriorityClass {other.Metadata.Name} is already marked as default. Only one default can exist")
            : AdmissionResult<PriorityClass>.Admitted(priorityClass);
}
