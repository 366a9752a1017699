using K124.Sim.Model;
using K124.Sim.Scheduling.Algorithm.Failures;
using K124.Sim.Scheduling.Algorithm.Indexing;
using K124.Sim.Scheduling.State;
using K124.Sim.Scheduling.Volumes;

namespace K124.Sim.Scheduling.Classes;

/// <summary>A kind of pods as one scheduler sees it: what was worked out for one pod holds for all.</summary>
internal sealed class PodClass(PodKind kind, int pluginCount, object? owner = null)
{
    /// <summary>Who may change it: for anybody else it is as it was when that one was forked.</summary>
    public object? Owner { get; } = owner;

    /// <summary>The same class of a scheduler that this one was forked from, of which nothing has been taken over yet; null if there is none.</summary>
    public PodClass? Origin { get; set; }

    public PodKind Kind { get; } = kind;

    /// <summary>One pod of the class. What tells pods of a class apart, such as their names, must not be read.</summary>
    public Pod Sample => Kind.Sample;

    /// <summary>The node that an incoming pod names; empty for most.</summary>
    public string NodeName => Kind.NodeName;

    public PodSpec Spec => Kind.Sample.Spec;

    public PodRequests Requests => Kind.Requests;

    public HostPort[] HostPorts => Kind.HostPorts;

    public LabelClass Labels => Kind.Labels;

    /// <summary>What an incoming pod has of volumes that plugins look at; null for none.</summary>
    public VolumeShape? Volumes => Kind.Volumes;

    /// <summary>How far the class has followed the changes of volumes on nodes.</summary>
    public (int Epoch, int Count) VolumesRead { get; set; }

    /// <summary>What plugins count for the class by domain; null until first asked for.</summary>
    public ClassCounters? Counters { get; set; }

    /// <summary>How often a node has been sought since the data below were worked out anew.</summary>
    public int Uses { get; set; }

    /// <summary>Whether there may be no other pod of the class: what holds for all nodes is then not worked out for more of them than are looked at.</summary>
    public bool IsFirstUse => Uses <= 1;

    /// <summary>The nodes as the class sees them; null until it pays.</summary>
    public ClassIndex? Index { get; set; }

    /// <summary>What is remembered of attempts that failed; null if nothing is.</summary>
    public FailureMemo? Failures { get; set; }

    /// <summary>For which state of nodes and other objects the data below were worked out.</summary>
    public ClassVersions Versions { get; set; }

    /// <summary>Which rows pass every filter that reads nothing but the node object; null until first asked for.</summary>
    public RowFlags? PassesNodeFilters { get; set; }

    /// <summary>What each plugin has worked out for the class, under the plugin's own index; null until it has.</summary>
    public object?[] PluginData { get; } = new object?[pluginCount];

    /// <summary>When the class was last used; later is greater.</summary>
    public long LastUse { get; set; }

    /// <summary>Forgets all that was worked out, to begin anew.</summary>
    public void Reset(ChangeLog log, Population population)
    {
        Forget();
        Counters = new(log, population);
    }

    /// <summary>Forgets all that was worked out.</summary>
    public void Forget()
    {
        Counters = null;
        Index = null;
        Failures = null;
        Uses = 0;
        PassesNodeFilters = null;
        Array.Clear(PluginData);
    }
}
