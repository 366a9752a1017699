namespace K124.Sim.Scheduling.Classes;

/// <summary>Counts the changes of what plugins work out for classes of pods from, kind by kind.</summary>
internal record struct ClassVersions
{
    /// <summary>Changes of node objects.</summary>
    public int Nodes { get; set; }

    /// <summary>Changes of Services, ReplicationControllers, ReplicaSets and StatefulSets.</summary>
    public int Workloads { get; set; }

    /// <summary>Changes of PodDisruptionBudgets.</summary>
    public int Budgets { get; set; }

    /// <summary>Changes of Namespaces.</summary>
    public int Namespaces { get; set; }
}
