namespace K124.Sim.ControlPlane;

/// <summary>A resource as one store knows it: its number in the store, and the form of its objects.</summary>
internal sealed record StoreResource(ResourceId Id, int Index, ObjectForm Form);
