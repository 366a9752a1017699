using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Model;
using K124.Sim.Planning;
using K124.Sim.Planning.Changes;
using K124.Sim.Planning.Failures;
using K124.Sim.Planning.Growth;
using K124.Sim.Planning.Room;
using K124.Sim.Planning.Shrinking;
using K124.Sim.Planning.Upgrading;

namespace K124.Sim.Reports;

/// <summary>Reports of what a <see cref="CapacityPlanner"/> answers.</summary>
public static class PlanReports
{
    private static readonly ReportColumn Pod = new("Pod");
    private static readonly ReportColumn Node = new("Node");

    /// <summary>The report of how many replicas fit.</summary>
    /// <param name="plan">The answer.</param>
    /// <param name="what">What was to fit.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(FitPlan plan, string what, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var report = new Report("How many fit", $"{Amounts.Count(plan.Replicas)} of {what} {(plan.Replicas == 1 ? "fits" : "fit")}.", plan.Replicas > 0 ? ReportTone.Good : ReportTone.Bad) { Document = document };
        if (plan.Next is { } next)
        {
            report.Section("What stops the next one", next.Message);
        }

        report.Section("Where they go").Table(new ReportTable("Replicas by node", [Node, new("Replicas", true)]).With(plan.Nodes, static node => new(ReportTone.Plain, node.NodeName, Amounts.Count(node.Replicas))));
        return Closed(report, plan.Utilization, plan.Notices);
    }

    /// <summary>The report of where pods go.</summary>
    /// <param name="plan">The answer.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(PlacementPlan plan, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var waiting = plan.Unschedulable.ToArray();
        var isDone = waiting.Length == 0 && plan.NotCreated.IsEmpty;
        var report = new Report("Where pods go", $"{Amounts.Count(plan.Pods.Length - waiting.Length)} of {Amounts.Count(plan.Pods.Length, "pod")} find a node.", isDone ? ReportTone.Good : ReportTone.Bad) { Document = document };
        if (waiting.Length > 0)
        {
            report.Section("Why pods wait").Table(Reasons(waiting.Select(static pod => (pod.Source, pod.Result.Message))));
        }

        if (!plan.NotCreated.IsEmpty)
        {
            report.Section("Pods that are not made").Table(new ReportTable("Pods that are not made", [new("Source"), new("Pods", true), new("Reason")]).With(plan.NotCreated, static pods => new(ReportTone.Bad, pods.Source, Amounts.Count(pods.Pods), pods.Reason)));
        }

        report.Section("Pods").Table(Placements(plan.Pods));
        return Closed(report, plan.Utilization, plan.Notices);
    }

    /// <summary>The report of a drain.</summary>
    /// <param name="plan">The answer.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(DrainPlan plan, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var moved = plan.Pods.Count(static pod => pod.Fate == DrainFate.Moved);
        var replaced = plan.Pods.Count(static pod => pod.Replacement is not null);
        var report = new Report($"Draining {plan.NodeName}", plan.Refusal ?? $"{Amounts.Count(moved)} of {Amounts.Count(replaced, "pod")} find a node again.", plan.Succeeds ? ReportTone.Good : ReportTone.Bad) { Document = document };
        report.Section("Pods of the node").Table(new ReportTable("What becomes of each", [Pod, new("Fate"), new("Replaced by"), Node, new("Reason")]).With(plan.Pods, static pod => new(
            pod.Fate is DrainFate.Unplaced or DrainFate.Blocked ? ReportTone.Bad : ReportTone.Plain,
            ObjectKey.Of(pod.Pod).ToString(), pod.Fate.ToString(), pod.Replacement?.Pod.Metadata.Name ?? "", pod.Replacement?.Result.NodeName ?? "", pod.Reason.Length > 0 ? pod.Reason : pod.Replacement?.Result.Message ?? "")));
        return Closed(report, plan.Utilization, plan.Notices);
    }

    /// <summary>The report of nodes to add.</summary>
    /// <param name="plan">The answer.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(GrowPlan plan, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var own = plan.Answers[0];
        var answer = own.Cheapest is { Mix: var mix }
            ? mix.Nodes.IsEmpty ? $"Nothing has to be added for {Amounts.Count(plan.Pods, "pod")}." : $"Add {Text(mix)}, for {Price(mix.Price)}."
            : "No number of these nodes is enough.";
        var report = new Report("Which nodes to add", answer, own.Cheapest is null ? ReportTone.Bad : ReportTone.Good) { Document = document };
        report.Figures(
            ("Pods to place", Amounts.Count(plan.Pods)), ("Shapes", Amounts.Count(plan.Shapes)), ("Placed today", Amounts.Count(plan.PlacedToday)),
            ("Price", own.Cheapest is { } cheapest ? Price(cheapest.Mix.Price) : "-"), ("Price at least", Price(plan.PriceBound.Bound)), ("Best packing", Price(plan.BestPacking.Price)));
        foreach (var item in plan.Answers)
        {
            Add(report, item, plan);
        }

        report.Section("How sure the bound is", $"No order of decisions, and no scheduler, places these pods for less than {Price(plan.PriceBound.Bound)}. Each shape has a worth; no node is worth more than it costs; the worths of all pods add up to the bound. The document of this report has the certificates, and Certificate.Verify checks them without the solver.")
            .Table(new ReportTable("What pods are worth, of the price of one", [new("Shape"), new("Pods", true), new("Worth of one", true)]).With(
                plan.PriceBound.Shapes.OrderByDescending(static shape => shape.Count * (double)shape.Worth), shape => new(ReportTone.Plain, shape.Name, Amounts.Count(shape.Count), ((decimal)shape.Worth / plan.PriceBound.Scale).ToString("0.####", CultureInfo.InvariantCulture))));
        return Closed(report, own.Cheapest?.Utilization ?? [], plan.Notices);
    }

    private static void Add(Report report, GrowAnswer answer, GrowPlan plan)
    {
        var name = plan.Answers.Length > 1 ? $" ({answer.Profile})" : "";
        report.Section($"Each kind of node alone{name}", "More nodes do not always do where fewer do: every number from the bound on is tried.")
            .Table(new ReportTable("Numbers of nodes", [new("Template"), new("First that does", true), new("Stable from", true), new("At least", true), new("Best packing", true), new("Price", true)]).With(answer.Options, static option => new(
                option.FirstNodes is null ? ReportTone.Bad : ReportTone.Plain,
                option.Template, Or(option.FirstNodes), Or(option.StableFrom), Amounts.Count((long)option.Bound.Bound), Or(option.BestPacking), option.Price is { } price ? Price(price) : "-")))
            .Bars(new BarChart($"Nodes that are needed{name}", [new("at least", ReportTone.Good), new("beyond that, for this scheduler", ReportTone.Open)],
                [.. answer.Options.Where(static option => option.FirstNodes is not null).Select(static option => new Bar(option.Template, [(double)option.Bound.Bound, (double)option.Gap!], $"{Or(option.FirstNodes)} nodes"))]));
        foreach (var option in answer.Options.Where(static option => option.Steps.Length > 1))
        {
            report.Steps(new StepChart($"Pods placed by number of {option.Template}{name}", $"nodes of {option.Template}", "pods placed", [.. option.Steps.Select(static step => new StepPoint(step.Nodes, step.Placed, step.Failure is null))]) { Goal = plan.Pods });
        }

        var failures = answer.Options.SelectMany(static option => option.Steps.Where(static step => step.Failure is not null).Select(step => (option.Template, Step: step)));
        report.Table(new ReportTable($"Why fewer are too few{name}", [new("Nodes"), new("Pods placed", true), Pod, new("Reason")]) { MostRows = 60 }.With(failures, static item => new(
            ReportTone.Plain, $"{Amounts.Count(item.Step.Nodes)} {item.Template}", Amounts.Count(item.Step.Placed), ObjectKey.Of(item.Step.Failure!.Pod).ToString(), item.Step.Failure.Result.Message)));
    }

    /// <summary>The report of nodes that can go.</summary>
    /// <param name="plan">The answer.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(ShrinkPlan plan, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var all = plan.Steps.Length + plan.Kept.Length;
        var report = new Report("Which nodes can go", $"{Amounts.Count(plan.Steps.Length)} of {Amounts.Count(all, "node")} can go.", plan.Steps.Length > 0 ? ReportTone.Good : ReportTone.Plain) { Document = document };
        report.Figures(("Nodes", Amounts.Count(all)), ("Can go", Amounts.Count(plan.Steps.Length)), ("Stay", Amounts.Count(plan.Kept.Length)), ("Have to stay", Amounts.Count((long)plan.Bound.Bound)), ("Pods moved", Amounts.Count(plan.Steps.Sum(static step => step.Pods.Length))))
            .Bars(new BarChart("Nodes", [new("have to stay", ReportTone.Plain), new("held by something", ReportTone.Open), new("can go", ReportTone.Good)],
                [new("of today", [Math.Min((double)plan.Bound.Bound, plan.Kept.Length), Math.Max(0, plan.Kept.Length - (double)plan.Bound.Bound), plan.Steps.Length], $"{Amounts.Count(all)} nodes")]));
        report.Section("What goes, in this order", "Each step starts where the one before it ended, and leaves no pod without a node.")
            .Table(new ReportTable("Steps", [Node, new("Step", true), new("Pods moved", true), new("To")]).With(plan.Steps.Select(static (step, i) => (step, i)), static item => new(
                ReportTone.Good, item.step.NodeName, Amounts.Count(item.i + 1), Amounts.Count(item.step.Pods.Count(static pod => pod.Replacement is not null)),
                string.Join(", ", item.step.Pods.Select(static pod => pod.Replacement?.Result.NodeName).OfType<string>().Distinct(StringComparer.Ordinal).Take(6)))));
        report.Section("What stays")
            .Bars(new BarChart("What holds nodes", [new("nodes", ReportTone.Open)], [.. plan.Kept.GroupBy(static node => node.Blocker).OrderByDescending(static group => group.Count()).Select(static group => new Bar(Text(group.Key), [group.Count()], Amounts.Count(group.Count())))]))
            .Table(new ReportTable("Nodes that stay", [Node, new("Held by"), Pod, new("Reason")]).With(plan.Kept, static node => new(ReportTone.Plain, node.NodeName, Text(node.Blocker), node.Pod, node.Reason)));
        return Closed(report, plan.Utilization, plan.Notices);
    }

    /// <summary>The report of losses.</summary>
    /// <param name="plan">The answer.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(SurvivePlan plan, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var bad = plan.Failures.Count(static failure => !failure.Survives);
        var worst = plan.Failures.FirstOrDefault();
        var report = new Report("What happens when nodes are lost", bad == 0 ? "Every loss is survived." : $"{Amounts.Count(bad)} of {Amounts.Count(plan.Failures.Length)} losses are not survived; the worst is that of {worst!.Name}.", bad == 0 ? ReportTone.Good : ReportTone.Bad) { Document = document };
        report.Figures(
            ("Losses gone through", Amounts.Count(plan.Failures.Length)), ("Survived", Amounts.Count(plan.Failures.Length - bad)),
            ("Pods pending after the worst", Amounts.Count(worst?.Pending ?? 0)), ("Budgets broken by some loss", Amounts.Count(plan.Failures.SelectMany(static failure => failure.BrokenBudgets).Select(static budget => budget.Budget).Distinct(StringComparer.Ordinal).Count())));
        report.Section("Losses, the worst first")
            .Bars(new BarChart("What becomes of evicted pods", [new("placed again", ReportTone.Good), new("pending", ReportTone.Bad), new("lost for good", ReportTone.Open)],
                [.. plan.Failures.Take(25).Select(static failure => new Bar(failure.Name, [failure.Placed, failure.Pending, failure.Lost], $"{Amounts.Count(failure.Pending)} pending"))]))
            .Table(new ReportTable("Losses", [new("Lost"), new("Nodes", true), new("Evicted", true), new("Placed", true), new("Pending", true), new("Lost pods", true), new("Broken budgets", true)]).With(plan.Failures, static failure => new(
                failure.Survives ? failure.BrokenBudgets.IsEmpty ? ReportTone.Plain : ReportTone.Open : ReportTone.Bad,
                failure.Name, Amounts.Count(failure.Nodes), Amounts.Count(failure.Evicted), Amounts.Count(failure.Placed), Amounts.Count(failure.Pending), Amounts.Count(failure.Lost), Amounts.Count(failure.BrokenBudgets.Length))));
        if (worst is { Reasons.IsEmpty: false })
        {
            report.Section($"Why pods wait after the loss of {worst.Name}").Table(new ReportTable("Reasons", [new("First of"), new("Pods", true), new("Reason")]).With(worst.Reasons, static reason => new(ReportTone.Bad, reason.Source, Amounts.Count(reason.Pods), reason.Message)));
        }

        if (plan.Failures.Any(static failure => !failure.BrokenBudgets.IsEmpty))
        {
            var budgets = plan.Failures.SelectMany(static failure => failure.BrokenBudgets.Select(budget => (failure.Name, Budget: budget)));
            report.Section("Budgets that losses break", "A loss asks no budget.").Table(new ReportTable("Broken budgets", [new("Lost"), new("Budget"), new("Demands", true), new("At once", true), new("Later", true)]).With(budgets, static item => new(
                item.Budget.Later < item.Budget.Desired ? ReportTone.Bad : ReportTone.Open, item.Name, item.Budget.Budget, Amounts.Count(item.Budget.Desired), Amounts.Count(item.Budget.AtOnce), Amounts.Count(item.Budget.Later))));
        }

        report.Section("The least room after any loss").Table(new ReportTable("Least room", [new("Of"), new("Today", true), new("At least", true), new("After the loss of")])
            .With(plan.LeastFree, static room => new(ReportTone.Plain, room.Of, Amounts.Of(room.Of, room.Today), Amounts.Of(room.Of, room.Least), room.Failure))
            .With(plan.LeastUnits, static room => new(room.Least == 0 ? ReportTone.Bad : ReportTone.Plain, $"replicas of {room.Of}", Amounts.Count(room.Today), Amounts.Count(room.Least), room.Failure)));
        return Closed(report, [], plan.Notices);
    }

    /// <summary>The report of headroom.</summary>
    /// <param name="plan">The answer.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(HeadroomPlan plan, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var none = plan.Shapes.Count(static shape => shape.Units == 0);
        var answer = plan.Shapes is [var only] ? $"{Amounts.Count(only.Units)} more of {ObjectKey.Of(only.Pod)} fit." : none == 0 ? $"Each of {Amounts.Count(plan.Shapes.Length, "shape")} fits at least once more." : $"{Amounts.Count(none)} of {Amounts.Count(plan.Shapes.Length, "shape")} fit nowhere.";
        var report = new Report("How much headroom there is", answer, none == 0 ? ReportTone.Good : ReportTone.Bad) { Document = document };
        report.Section("Units that still fit", "Each shape for itself.")
            .Bars(new BarChart("Units", [new("units", ReportTone.Plain)], [.. plan.Shapes.OrderByDescending(static shape => shape.Units).Select(static shape => new Bar(ObjectKey.Of(shape.Pod).ToString(), [shape.Units], Amounts.Count(shape.Units)))]))
            .Table(new ReportTable("By class of nodes", [new("Shape"), new("Nodes like"), new("Nodes", true), new("With room", true), new("Units", true), new("Binds"), new("Short by", true)]).With(
                plan.Shapes.SelectMany(static shape => shape.Classes.Select(item => (shape.Pod, Class: item))), static item => new(
                    item.Class.Units == 0 ? ReportTone.Open : ReportTone.Plain,
                    ObjectKey.Of(item.Pod).ToString(), item.Class.Class.Name, Amounts.Count(item.Class.Class.Nodes), Amounts.Count(item.Class.NodesWithRoom), Amounts.Count(item.Class.Units),
                    item.Class.BindingResource.Length > 0 ? item.Class.BindingResource : item.Class.Objection, item.Class.BindingResource.Length > 0 ? Amounts.Of(item.Class.BindingResource, item.Class.ShortBy) : "")));
        return Closed(report, [], plan.Notices);
    }

    /// <summary>The report of stranded room.</summary>
    /// <param name="plan">The answer.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(FragmentationPlan plan, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var cpu = plan.Total.FirstOrDefault(static amount => amount.Resource == "cpu");
        var report = new Report("Where capacity is stranded", $"{Amounts.Of("cpu", cpu.Stranded)} of {Amounts.Of("cpu", cpu.Free)} free cores are of no use to {Amounts.Count(plan.Shapes.Length, "shape")}.", cpu.Stranded * 2 > cpu.Free ? ReportTone.Bad : ReportTone.Plain) { Document = document };
        report.Section("All nodes")
            .Bars(new BarChart("Shares of what pods can have", [new("asked for", ReportTone.Plain), new("free and of use", ReportTone.Good), new("stranded", ReportTone.Bad)],
                [.. plan.Total.Where(static amount => amount.Allocatable > 0 && amount.Resource != "pods").Select(static amount => new Bar(amount.Resource, [Share(amount.Allocatable - amount.Free, amount), Share(amount.Free - amount.Stranded, amount), Share(amount.Stranded, amount)], Amounts.Share(Share(amount.Stranded, amount))))])
            { Whole = 1 })
            .Table(Stranded("Amounts", plan.Total.Select(static amount => ("", amount))));
        report.Section("By class of nodes").Table(new ReportTable("Nodes on which no shape fits", [new("Nodes like"), new("Nodes", true), new("Of no use", true)]).With(plan.Classes, static item => new(item.NodesWithoutUse > 0 ? ReportTone.Open : ReportTone.Plain, item.Class.Name, Amounts.Count(item.Class.Nodes), Amounts.Count(item.NodesWithoutUse))))
            .Table(Stranded("Amounts by class", plan.Classes.SelectMany(static item => item.Resources.Select(amount => (item.Class.Name, amount)))));
        return Closed(report, [], plan.Notices);
    }

    /// <summary>The report of a rolling replacement of nodes.</summary>
    /// <param name="plan">The answer.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(UpgradePlan plan, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (done, all) = (plan.Steps.Count(static step => step.Ended is not null), plan.Steps.Length + plan.NotReached.Length);
        var report = new Report("How an upgrade of nodes goes", plan.Succeeds ? $"All {Amounts.Count(all, "node")} are replaced after {Time(plan.Duration)}." : $"{Amounts.Count(done)} of {Amounts.Count(all, "node")} are replaced.", plan.Succeeds ? ReportTone.Good : ReportTone.Bad) { Document = document };
        report.Figures(("Takes", Time(plan.Duration)), ("Nodes replaced", $"{Amounts.Count(done)} of {Amounts.Count(all)}"), ("Most pods pending", Amounts.Count(plan.MostPending)), ("Pending at the end", Amounts.Count(plan.PendingAtEnd.Length)), ("Refused evictions", Amounts.Count(plan.Steps.Sum(static step => step.RefusedEvictions))))
            .Steps(new StepChart("Nodes replaced over time", "minutes", "nodes", [.. plan.Steps.Where(static step => step.Ended is not null).OrderBy(static step => step.Ended).Select(static (step, i) => new StepPoint(step.Ended!.Value.TotalMinutes, i + 1, true))]) { Goal = all })
            .Section("Nodes").Table(new ReportTable("Node by node", [Node, new("Begins", true), new("Drain", true), new("Done", true), new("Evicted", true), new("Refused", true), new("Held by")]).With(plan.Steps, static step => new(
                step.Blocker.Length > 0 ? ReportTone.Bad : step.RefusedEvictions > 0 ? ReportTone.Open : ReportTone.Plain,
                step.NodeName, Time(step.Started), Time(step.DrainStarted), step.Ended is { } ended ? Time(ended) : "-", Amounts.Count(step.Evicted), Amounts.Count(step.RefusedEvictions), step.Blocker)));
        if (!plan.PendingAtEnd.IsEmpty)
        {
            report.Section("Why pods wait at the end").Table(Reasons(plan.PendingAtEnd.Select(static pod => (pod.Source, pod.Result.Message))));
        }

        return Closed(report, [], plan.Notices);
    }

    private static string Time(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>The report of a difference.</summary>
    /// <param name="plan">The answer.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(WhatIfPlan plan, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var report = Of(plan.Difference, document);
        if (!plan.Preempted.IsEmpty)
        {
            report.Section("Evicted for others of higher priority").Table(new ReportTable("Evictions", [Pod, Node, new("For")]).With(plan.Preempted, static pod => new(ReportTone.Open, pod.Pod, pod.NodeName, pod.For)));
        }

        return Closed(report, plan.Utilization, plan.Notices);
    }

    /// <summary>The report of a difference between two placements.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="document">The document that goes along; null for none.</param>
    /// <returns>The report.</returns>
    public static Report Of(PlacementDifference difference, JsonObject? document = null)
    {
        ArgumentNullException.ThrowIfNull(difference);
        var worse = difference.PendingAfter > difference.PendingBefore;
        var report = new Report("What would be different", difference.Changes.IsEmpty ? "Nothing." : $"{Amounts.Count(difference.Changes.Length, "pod")} of {Amounts.Count(difference.Changes.Length + difference.Same)} differ; {Amounts.Count(difference.PendingAfter)} pending instead of {Amounts.Count(difference.PendingBefore)}.", worse ? ReportTone.Bad : ReportTone.Good) { Document = document };
        return report.Bars(new BarChart("Pods", [new("with a node", ReportTone.Good), new("pending", ReportTone.Bad)],
                [new("before", [difference.PlacedBefore, difference.PendingBefore], Amounts.Count(difference.PlacedBefore + difference.PendingBefore)), new("after", [difference.PlacedAfter, difference.PendingAfter], Amounts.Count(difference.PlacedAfter + difference.PendingAfter))]))
            .Section("Pod by pod").Table(new ReportTable("Differences", [Pod, new("Change"), new("Before"), new("After"), new("Reason")]).With(difference.Changes, static change => new(
                change.Kind == PodChangeKind.NowPending ? ReportTone.Bad : change.Kind == PodChangeKind.NowPlaced ? ReportTone.Good : ReportTone.Plain, change.Pod.ToString(), Text(change.Kind), change.Before ?? "", change.After ?? "", change.Message)));
    }

    private static Report Closed(Report report, IReadOnlyCollection<NodeUtilization> nodes, IEnumerable<string> notices)
    {
        if (nodes.Count > 0)
        {
            AddNodes(report, nodes);
        }

        string[] all = [.. notices];
        return all.Length == 0 ? report : report.Section("What the answer leaves out of account").Notes(all);
    }

    private static void AddNodes(Report report, IReadOnlyCollection<NodeUtilization> nodes)
    {
        report.Section("Nodes", "How full each node is afterwards, by the resource of which it has least left.")
            .Nodes(new NodeMap(Amounts.Count(nodes.Count, "node"), [.. nodes.Select(static node => new NodeSquare(node.NodeName, Load(node)))]))
            .Table(new ReportTable("The fullest nodes", [Node, new("Cpu", true), new("Memory", true), new("Pods", true)]) { MostRows = 20 }.With(nodes.OrderByDescending(Load).ThenBy(static node => node.NodeName, StringComparer.Ordinal), static node => new(
                Load(node) > 1 ? ReportTone.Bad : ReportTone.Plain, node.NodeName, Change(node, "cpu"), Change(node, "memory"), Change(node, "pods"))));
    }

    private static double Load(NodeUtilization node) => node.Resources.Where(static resource => resource.Resource != "pods").Select(static resource => resource.ShareAfter).DefaultIfEmpty().Max();

    private static string Change(NodeUtilization node, string resource)
    {
        var amount = node.Resources.FirstOrDefault(item => item.Resource == resource);
        return amount.Before == amount.After ? Amounts.Share(amount.ShareAfter) : $"{Amounts.Share(amount.ShareBefore)} \u2192 {Amounts.Share(amount.ShareAfter)}";
    }

    private static ReportTable Reasons(IEnumerable<(string Source, string Message)> pods) => new ReportTable("Reasons", [new("First of"), new("Pods", true), new("Reason")]).With(
        pods.GroupBy(static pod => pod.Message, StringComparer.Ordinal).OrderByDescending(static group => group.Count()), static group => new(ReportTone.Bad, group.First().Source, Amounts.Count(group.Count()), group.Key));

    private static ReportTable Placements(IEnumerable<PodPlacement> pods) => new ReportTable("Where each pod goes", [Pod, new("Source"), Node]).With(pods.OrderBy(static pod => pod.Result.IsScheduled), static pod => new(
        pod.Result.IsScheduled ? ReportTone.Plain : ReportTone.Bad, ObjectKey.Of(pod.Pod).ToString(), pod.Source, pod.Result.NodeName ?? "none"));

    private static ReportTable Stranded(string caption, IEnumerable<(string Class, StrandedAmount Amount)> amounts) => new ReportTable(caption, [new("Resource"), new("Nodes like"), new("Allocatable", true), new("Free", true), new("Stranded", true)]).With(
        amounts.Where(static item => item.Amount.Allocatable > 0), static item => new(ReportTone.Plain, item.Amount.Resource, item.Class.Length == 0 ? "all" : item.Class, Amounts.Of(item.Amount.Resource, item.Amount.Allocatable), Amounts.Of(item.Amount.Resource, item.Amount.Free), Amounts.Of(item.Amount.Resource, item.Amount.Stranded)));

    private static double Share(long part, StrandedAmount amount) => (double)part / amount.Allocatable;

    private static string Text(NodeMix mix) => string.Join(" and ", mix.Nodes.Select(static item => $"{Amounts.Count(item.Count)} {item.Template}"));

    private static string Text(ShrinkBlocker blocker) => blocker switch
    {
        ShrinkBlocker.NotAsked => "nothing: not asked",
        ShrinkBlocker.BarePod => "a pod nobody makes anew",
        ShrinkBlocker.DisruptionBudget => "a disruption budget",
        ShrinkBlocker.Volume => "a volume",
        ShrinkBlocker.Placement => "where a pod may run",
        _ => "no room elsewhere",
    };

    private static string Text(PodChangeKind kind) => kind switch
    {
        PodChangeKind.NowPending => "now pending",
        PodChangeKind.NowPlaced => "now placed",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string Price(decimal price) => price.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Or(int? number) => number is { } value ? Amounts.Count(value) : "-";
}
