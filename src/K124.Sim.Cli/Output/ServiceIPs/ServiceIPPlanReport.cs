using System.Collections.Immutable;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Cli.Output.ServiceIPs;

/// <summary>What <c>k124 serviceip plan</c> answers.</summary>
internal sealed record ServiceIPPlanReport(ImmutableArray<BlockReport> Blocks, NodePortPlan NodePorts)
{
    /// <summary>Whether every block serves what is asked, and no two Services hold the same.</summary>
    public bool IsFine => Blocks.All(static block => block.IsFine) && NodePorts.Duplicates.IsEmpty;
}

/// <summary>The answer for one block.</summary>
/// <param name="Plan">What is in it.</param>
/// <param name="Wanted">Addresses wanted later.</param>
/// <param name="Held">Those of them that a Service holds.</param>
/// <param name="Next">Dynamic allocations to look ahead.</param>
/// <param name="HitOff">Probability that they take a wanted one with the gate ServiceIPStaticSubrange off.</param>
/// <param name="HitOn">The same with the gate on; not a number where 1.24 panics.</param>
internal sealed record BlockReport(
    ServiceIPPlan Plan, ImmutableArray<ServiceIP> Wanted, ImmutableArray<ServiceIP> Held, int Next, double HitOff, double HitOn)
{
    public bool IsFine => Held.IsEmpty && Plan.Duplicates.IsEmpty && Next <= Plan.FreeIn(ServiceIPBand.Static) + Plan.FreeIn(ServiceIPBand.Dynamic);

    public static BlockReport Of(ServiceIPPlan plan, ImmutableArray<ServiceIP> wanted, int next) => new(
        plan, wanted, [.. wanted.Where(plan.IsHeld)], next,
        plan.HitProbability(wanted, next, ClusterProfile.Default), plan.HitProbability(wanted, next, ClusterProfile.Default.With("ServiceIPStaticSubrange", true)));
}
