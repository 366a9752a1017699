namespace K124.Sim.ControlPlane.Serving;

internal sealed partial class ApiServerCore
{
    /// <summary>A server over a fork of the store that was made already.</summary>
    /// <param name="store">The fork.</param>
    public ApiServerCore ForkOver(ObjectStore store) => new(store, _options, _names.Fork(), Catalog, _faults?.Fork());
}
