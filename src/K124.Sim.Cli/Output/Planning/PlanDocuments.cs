using System.Text.Json.Nodes;
using K124.Sim.Manifests;
using K124.Sim.Model;
using K124.Sim.Planning.Bounds;
using K124.Sim.Planning.Changes;
using K124.Sim.Planning.Failures;
using K124.Sim.Planning.Growth;
using K124.Sim.Planning.Room;
using K124.Sim.Planning.Shrinking;
using K124.Sim.Planning.Upgrading;

namespace K124.Sim.Cli.Output.Planning;

/// <summary>The documents of the planning commands.</summary>
internal static class PlanDocuments
{
    public static JsonObject Of(GrowPlan plan, KubernetesRelease release, IEnumerable<UnknownKind> ignored) => Doc.Of(
        nameof(GrowPlan),
        release,
        ("pods", plan.Pods),
        ("shapes", plan.Shapes),
        ("placedToday", plan.PlacedToday),
        ("answers", Doc.List(plan.Answers, static answer => Doc.Object(
            ("profile", answer.Profile),
            ("templates", Doc.List(answer.Options, Of)),
            ("cheapest", answer.Cheapest is { } cheapest ? Doc.Object(("mix", Of(cheapest.Mix)), ("pods", Doc.List(cheapest.Placements, Doc.Placement)), ("utilization", Doc.Utilization(cheapest.Utilization))) : null)))),
        ("bestPacking", Of(plan.BestPacking)),
        ("priceBound", Of(plan.PriceBound)),
        ("withheld", Doc.List(plan.NotCreated, static pods => Doc.Object(("source", pods.Source), ("pods", pods.Pods), ("reason", pods.Reason)))),
        ("notices", Doc.Texts(plan.Notices)),
        ("ignored", Doc.Ignored(ignored)));

    public static JsonObject Of(ShrinkPlan plan, KubernetesRelease release, IEnumerable<UnknownKind> ignored) => Doc.Of(
        nameof(ShrinkPlan),
        release,
        ("steps", Doc.List(plan.Steps, static step => Doc.Object(("node", step.NodeName), ("pods", Doc.List(step.Pods, static pod => Doc.Object(
            ("namespace", pod.Pod.Metadata.Namespace),
            ("name", pod.Pod.Metadata.Name),
            ("fate", pod.Fate.ToString()),
            ("replacement", pod.Replacement is { } next ? Doc.Placement(next) : null))))))),
        ("kept", Doc.List(plan.Kept, static node => Doc.Object(
            ("node", node.NodeName), ("blocker", node.Blocker.ToString()), ("pod", node.Pod.Length == 0 ? null : node.Pod), ("reason", node.Reason.Length == 0 ? null : node.Reason)))),
        ("bound", Of(plan.Bound)),
        ("utilization", Doc.Utilization(plan.Utilization)),
        ("notices", Doc.Texts(plan.Notices)),
        ("ignored", Doc.Ignored(ignored)));

    public static JsonObject Of(SurvivePlan plan, KubernetesRelease release, IEnumerable<UnknownKind> ignored) => Doc.Of(
        nameof(SurvivePlan),
        release,
        ("survivesAll", plan.SurvivesAll),
        ("possible", plan.Possible),
        ("failures", Doc.List(plan.Failures, static failure => Doc.Object(
            ("index", failure.Index),
            ("name", failure.Name),
            ("nodes", failure.Nodes),
            ("evicted", failure.Evicted),
            ("placed", failure.Placed),
            ("pending", failure.Pending),
            ("lost", failure.Lost),
            ("gone", failure.Gone),
            ("reasons", Doc.List(failure.Reasons, static reason => Doc.Object(("source", reason.Source), ("pods", reason.Pods), ("message", reason.Message)))),
            ("brokenBudgets", Doc.List(failure.BrokenBudgets, static budget => Doc.Object(("budget", budget.Budget), ("desired", budget.Desired), ("atOnce", budget.AtOnce), ("later", budget.Later))))))),
        ("leastFree", Doc.List(plan.LeastFree, Of)),
        ("leastUnits", Doc.List(plan.LeastUnits, Of)),
        ("notices", Doc.Texts(plan.Notices)),
        ("ignored", Doc.Ignored(ignored)));

    public static JsonObject Of(HeadroomPlan plan, KubernetesRelease release, IEnumerable<UnknownKind> ignored) => Doc.Of(
        nameof(HeadroomPlan),
        release,
        ("shapes", Doc.List(plan.Shapes, static shape => Doc.Object(
            ("pod", ObjectKey.Of(shape.Pod).ToString()),
            ("units", shape.Units),
            ("classes", Doc.List(shape.Classes, static item => Doc.Object(
                ("class", item.Class.Name),
                ("nodes", item.Class.Nodes),
                ("units", item.Units),
                ("nodesWithRoom", item.NodesWithRoom),
                ("bindingResource", item.BindingResource.Length == 0 ? null : item.BindingResource),
                ("shortBy", item.BindingResource.Length == 0 ? null : item.ShortBy),
                ("objection", item.Objection.Length == 0 ? null : item.Objection))))))),
        ("notices", Doc.Texts(plan.Notices)),
        ("ignored", Doc.Ignored(ignored)));

    public static JsonObject Of(FragmentationPlan plan, KubernetesRelease release, IEnumerable<UnknownKind> ignored) => Doc.Of(
        nameof(FragmentationPlan),
        release,
        ("source", plan.Source.ToString()),
        ("shapes", Doc.Texts(plan.Shapes)),
        ("classes", Doc.List(plan.Classes, static item => Doc.Object(
            ("class", item.Class.Name), ("nodes", item.Class.Nodes), ("nodesWithoutUse", item.NodesWithoutUse), ("resources", Doc.List(item.Resources, Of))))),
        ("total", Doc.List(plan.Total, Of)),
        ("notices", Doc.Texts(plan.Notices)),
        ("ignored", Doc.Ignored(ignored)));

    public static JsonObject Of(WhatIfPlan plan, KubernetesRelease release, IEnumerable<UnknownKind> ignored) => Doc.Of(
        nameof(WhatIfPlan),
        release,
        ("difference", Of(plan.Difference)),
        ("preempted", Doc.List(plan.Preempted, static pod => Doc.Object(("pod", pod.Pod), ("node", pod.NodeName), ("for", pod.For)))),
        ("before", Doc.List(plan.Before, Of)),
        ("pods", Doc.List(plan.After, Of)),
        ("utilization", Doc.Utilization(plan.Utilization)),
        ("notices", Doc.Texts(plan.Notices)),
        ("ignored", Doc.Ignored(ignored)));

    public static JsonObject Of(UpgradePlan plan, KubernetesRelease release, IEnumerable<UnknownKind> ignored) => Doc.Of(
        nameof(UpgradePlan),
        release,
        ("succeeds", plan.Succeeds),
        ("durationSeconds", (long)plan.Duration.TotalSeconds),
        ("mostPending", plan.MostPending),
        ("steps", Doc.List(plan.Steps, static step => Doc.Object(
            ("node", step.NodeName),
            ("replacement", step.Replacement.Length == 0 ? null : step.Replacement),
            ("startedSeconds", (long)step.Started.TotalSeconds),
            ("drainStartedSeconds", (long)step.DrainStarted.TotalSeconds),
            ("endedSeconds", step.Ended is { } ended ? (long)ended.TotalSeconds : null),
            ("evicted", step.Evicted),
            ("refusedEvictions", step.RefusedEvictions),
            ("blocker", step.Blocker.Length == 0 ? null : step.Blocker)))),
        ("notReached", Doc.Texts(plan.NotReached)),
        ("pendingAtEnd", Doc.List(plan.PendingAtEnd, Doc.Placement)),
        ("notices", Doc.Texts(plan.Notices)),
        ("ignored", Doc.Ignored(ignored)));

    public static JsonObject Of(PlacementDifference difference) => Doc.Object(
        ("same", difference.Same),
        ("placedBefore", difference.PlacedBefore),
        ("placedAfter", difference.PlacedAfter),
        ("pendingBefore", difference.PendingBefore),
        ("pendingAfter", difference.PendingAfter),
        ("changes", Doc.List(difference.Changes, static change => Doc.Object(
            ("namespace", change.Pod.Namespace),
            ("name", change.Pod.Name),
            ("change", change.Kind.ToString()),
            ("before", change.Before),
            ("after", change.After),
            ("message", change.Message.Length == 0 ? null : change.Message)))));

    private static JsonObject Of(PlacedPod pod) => Doc.Object(("namespace", pod.Pod.Namespace), ("name", pod.Pod.Name), ("node", pod.NodeName), ("message", pod.Message.Length == 0 ? null : pod.Message));

    private static JsonObject Of(GrowOption option) => Doc.Object(
        ("template", option.Template),
        ("firstNodes", option.FirstNodes),
        ("stableFrom", option.StableFrom),
        ("triedUpTo", option.TriedUpTo),
        ("isExhaustive", option.IsExhaustive),
        ("price", option.Price),
        ("bound", (long)option.Bound.Bound),
        ("gap", option.Gap),
        ("bestPacking", option.BestPacking),
        ("steps", Doc.List(option.Steps, static step => Doc.Object(("nodes", step.Nodes), ("placed", step.Placed), ("failure", step.Failure is { } failure ? Doc.Placement(failure) : null)))),
        ("firstNodesBySeed", option.FirstNodesBySeed.IsEmpty ? null : Doc.List(option.FirstNodesBySeed, static nodes => nodes is { } number ? JsonValue.Create(number) : null)),
        ("certificate", Of(option.Bound)));

    private static JsonNode? Of(Certificate certificate) => JsonNode.Parse(certificate.ToJson());

    private static JsonObject Of(NodeMix mix) => Doc.Object(
        ("nodes", Doc.List(mix.Nodes, static item => Doc.Object(("template", item.Template), ("count", item.Count)))), ("price", mix.Price), ("isComplete", mix.IsComplete));

    private static JsonObject Of(LeastRoom room) => Doc.Object(("of", room.Of), ("today", room.Today), ("least", room.Least), ("failure", room.Failure.Length == 0 ? null : room.Failure));

    private static JsonObject Of(StrandedAmount amount) => Doc.Object(("resource", amount.Resource), ("allocatable", amount.Allocatable), ("free", amount.Free), ("stranded", amount.Stranded));
}
