using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Pods;

/// <summary>Gives a pod the overhead, node selector and tolerations of its RuntimeClass.</summary>
/// <remarks>Kubernetes 1.24 plugin/pkg/admission/runtimeclass; KEP-688. A pod keeps what it was given whatever becomes of the class.</remarks>
public static class RuntimeClassAdmission
{
    /// <summary>Judges a pod that is to be created.</summary>
    /// <param name="pod">The pod. It may give an overhead only if its class gives the same.</param>
    /// <param name="classes">The classes that there are.</param>
    /// <returns>The pod with all that its class asks for, or why it is refused.</returns>
    public static AdmissionResult<Pod> Create(Pod pod, ObjectSet<RuntimeClass> classes)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(classes);
        RuntimeClass? runtimeClass = null;
        if (pod.Spec.RuntimeClassName is { Length: > 0 } name && (runtimeClass = classes.Find(name)) is null)
        {
            return AdmissionResult<Pod>.Forbidden($"pod rejected: RuntimeClass \"{name}\" not found");
        }

        if (runtimeClass?.Overhead is { } overhead)
        {
            if (pod.Spec.Overhead.Count > 0 && !pod.Spec.Overhead.Equals(overhead.PodFixed))
            {
                return AdmissionResult<Pod>.Forbidden("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
            }

            pod = pod with { Spec = pod.Spec with { Overhead = overhead.PodFixed } };
        }

        if (runtimeClass?.Scheduling is { } scheduling)
        {
            if (Conflict(pod.Spec.NodeSelector, scheduling.NodeSelector) is { } conflict)
            {
                return AdmissionResult<Pod>.Forbidden(conflict);
            }

            pod = pod with
            {
                Spec = pod.Spec with
                {
                    NodeSelector = Merge(pod.Spec.NodeSelector, scheduling.NodeSelector),
                    Tolerations = Merge(pod.Spec.Tolerations, scheduling.Tolerations),
                },
            };
        }

        return pod.Spec.Overhead.Count > 0 && runtimeClass?.Overhead is null
            ? AdmissionResult<Pod>.Forbidden("pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
            : AdmissionResult<Pod>.Admitted(pod);
    }

    private static string? Conflict(StringMap<string> own, StringMap<string> wanted)
    {
        foreach (var (key, value) in wanted)
        {
            if (own.TryGetValue(key, out var given) && given != value)
            {
                return $"conflict: runtimeClass.scheduling.nodeSelector[{key}] = {value}; pod.spec.nodeSelector[{key}] = {given}";
            }
        }

        return null;
    }

    private static StringMap<string> Merge(StringMap<string> own, StringMap<string> wanted)
    {
        foreach (var (key, value) in wanted)
        {
            own = own.With(key, value);
        }

        return own;
    }

    /// <summary>Keeps the widest: a toleration goes if one that is kept, or a different one that follows, covers it.</summary>
    private static ImmutableArray<Toleration> Merge(ImmutableArray<Toleration> own, ImmutableArray<Toleration> wanted)
    {
        ImmutableArray<Toleration> all = [.. own, .. wanted];
        var kept = ImmutableArray.CreateBuilder<Toleration>(all.Length);
        for (var i = 0; i < all.Length; i++)
        {
            var narrow = all[i];
            var isCovered = kept.Any(wide => Covers(wide, narrow)) || all[(i + 1)..].Any(wide => wide != narrow && Covers(wide, narrow));
            if (!isCovered)
            {
                kept.Add(narrow);
            }
        }

        return kept.ToImmutable();
    }

    private static bool Covers(Toleration wide, Toleration narrow)
    {
        if (wide == narrow)
        {
            return true;
        }

        var everyKey = wide.Key.Length == 0 && wide.Operator == "Exists";
        if ((wide.Key != narrow.Key && !everyKey) || (wide.Effect != narrow.Effect && wide.Effect.Length > 0))
        {
            return false;
        }

        if (wide is { Effect: "NoExecute", TolerationSeconds: { } seconds } && (narrow.TolerationSeconds is not { } fewer || fewer > seconds))
        {
            return false;
        }

        return wide.Operator switch
        {
            "Exists" => true,
            "" or "Equal" => narrow.Operator == "Equal" && narrow.Value == wide.Value,
            _ => false,
        };
    }
}
