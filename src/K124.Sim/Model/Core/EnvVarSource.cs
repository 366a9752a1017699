namespace K124.Sim.Model;

/// <summary>Source of an environment variable's value; one member is set.</summary>
public sealed record EnvVarSource
{
    /// <summary>A field of the pod.</summary>
    public ObjectFieldSelector? FieldRef { get; init; }

    /// <summary>A resource of a container.</summary>
    public ResourceFieldSelector? ResourceFieldRef { get; init; }

    /// <summary>A key of a ConfigMap.</summary>
    public KeySelector? ConfigMapKeyRef { get; init; }

    /// <summary>A key of a Secret.</summary>
    public KeySelector? SecretKeyRef { get; init; }
}
