using System.Collections.Immutable;
using K124.Sim.Networking;

namespace K124.Sim.Cli.Commands;

/// <summary>What <c>k124 serviceip plan</c> is asked.</summary>
/// <param name="Cidr">The block.</param>
/// <param name="Wanted">Addresses that someone wants to fix later.</param>
/// <param name="Next">How many dynamic allocations to look ahead.</param>
/// <param name="IsJson">JSON instead of tables.</param>
internal sealed record ServiceIPPlanOptions(ServiceCidr Cidr, ImmutableArray<ServiceIP> Wanted, int Next, bool IsJson);
