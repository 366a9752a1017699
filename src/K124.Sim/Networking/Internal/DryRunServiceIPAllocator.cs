namespace K124.Sim.Networking.Internal;

/// <summary>Answers as 1.24 does on a dry run: a taken address passes, and the next one is always the network address.</summary>
internal sealed class DryRunServiceIPAllocator(IServiceIPAllocator live, ServiceIPMetrics.Series? series) : IServiceIPAllocator
{
    public ServiceCidr Cidr => live.Cidr;

    public ServiceIPResult TryAllocate(ServiceIP address)
    {
        if (Cidr.TryGetOffset(address, out _))
        {
            return ServiceIPResult.Ok(address);
        }

        series?.CountError(isStatic: true);
        return ServiceIPResult.OutOfRange(address, Cidr);
    }

    public ServiceIPResult TryAllocateNext() => ServiceIPResult.Ok(Cidr.Network);

    public ServiceIPResult Release(ServiceIP address) => ServiceIPResult.Ok(address);

    public bool Has(ServiceIP address) => live.Has(address);

    public IServiceIPAllocator DryRun() => this;
}
