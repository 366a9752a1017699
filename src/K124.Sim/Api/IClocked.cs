namespace K124.Sim.Api;

/// <summary>What has to know the time while it is told of changes.</summary>
internal interface IClocked
{
    DateTimeOffset Now { get; set; }
}
