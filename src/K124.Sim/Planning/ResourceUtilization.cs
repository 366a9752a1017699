namespace K124.Sim.Planning;

/// <summary>One resource of a node before and after a plan.</summary>
/// <param name="Resource">Name of the resource; <c>pods</c> counts pods.</param>
/// <param name="Allocatable">Amount for pods: cpu in thousandths of a core, everything else in whole units (bytes, pieces).</param>
/// <param name="Before">Amount requested by pods before the plan, in the same unit.</param>
/// <param name="After">Amount requested by pods after the plan, in the same unit.</param>
public readonly record struct ResourceUtilization(string Resource, long Allocatable, long Before, long After)
{
    /// <summary>Share requested before the plan, 0 to 1 and above 1 when overcommitted; 0 if there is none to give.</summary>
    public double ShareBefore => Allocatable == 0 ? 0 : (double)Before / Allocatable;

    /// <summary>Share requested after the plan, 0 to 1 and above 1 when overcommitted; 0 if there is none to give.</summary>
    public double ShareAfter => Allocatable == 0 ? 0 : (double)After / Allocatable;
}
