using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Services;

/// <summary>Policies of pod security, which 1.24 still serves.</summary>
internal sealed class PodSecurityPolicyStrategy : KindStrategy
{
    /// <inheritdoc/>
    public override string Group => "policy";

    /// <inheritdoc/>
    public override string Kind => "PodSecurityPolicy";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version) => tree.Ensure("spec").Default("allowPrivilegeEscalation", true);
}
