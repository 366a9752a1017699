using System.Collections.Immutable;
using K124.Sim.Pods.Probes;

namespace K124.Sim.Pods;

/// <summary>What the probes of a pod's containers are answered.</summary>
public sealed record ProbePlan
{
    /// <summary>Every answer is fine.</summary>
    public static ProbePlan AlwaysFine { get; } = new();

    /// <summary>From when on which answers come; of several that hold for an instant, the last in this list counts.</summary>
    /// <value>None by default: every answer is fine.</value>
    public ImmutableArray<ProbeChange> Changes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether an answer is fine.</summary>
    internal bool IsFine(string container, ProbeKind probe, int instance, TimeSpan age)
    {
        for (var i = Changes.Length - 1; i >= 0; i--)
        {
            if (Changes[i].Concerns(container, probe, instance) && Changes[i].After <= age)
            {
                return Changes[i].IsFine;
            }
        }

        return true;
    }

    /// <summary>Age from which on the answers of an instance stay the same.</summary>
    internal TimeSpan LastChange(string container, ProbeKind probe, int instance)
    {
        var last = TimeSpan.Zero;
        foreach (var change in Changes)
        {
            if (change.Concerns(container, probe, instance) && change.After > last)
            {
                last = change.After;
            }
        }

        return last;
    }
}

/// <summary>From some age of a container on, what one of its probes is answered.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="After">Time since the instance started.</param>
/// <param name="IsFine">Whether the answers are fine.</param>
public sealed record ProbeChange(ProbeKind Probe, TimeSpan After, bool IsFine)
{
    /// <summary>Name of the container; empty for all.</summary>
    /// <value>All by default.</value>
    public string Container { get; init => field = value ?? ""; } = "";

    /// <summary>Which instance of the container, from 0; null for all.</summary>
    /// <value>All by default.</value>
    public int? Instance { get; init; }

    internal bool Concerns(string container, ProbeKind probe, int instance) =>
        Probe == probe && (Container.Length == 0 || Container == container) && (Instance is null || Instance == instance);
}
