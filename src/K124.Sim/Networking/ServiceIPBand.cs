namespace K124.Sim.Networking;

/// <summary>A part of a cluster-IP range (KEP-3070).</summary>
public enum ServiceIPBand
{
    /// <summary>The lower part: kept for Services that ask for a certain address; empty with the gate off.</summary>
    Static,

    /// <summary>The upper part: where addresses are drawn from first.</summary>
    Dynamic,
}
