using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Planning.Changes;
using K124.Sim.Planning.Failures;
using K124.Sim.Planning.Growth;
using K124.Sim.Planning.Room;
using K124.Sim.Planning.Shrinking;
using K124.Sim.Planning.Upgrading;

namespace K124.Sim.Cli.Output.Planning;

/// <summary>Shows people what planning commands answer.</summary>
internal static class PlanTables
{
    private const int RowLimit = 20;
    private const int ReasonLimit = 5;

    public static void Write(Terminal terminal, GrowPlan plan)
    {
        terminal.Output.WriteLine($"{Amounts.Count(plan.Pods, "pod")} of {Amounts.Count(plan.Shapes, "shape")} to place, of which {Amounts.Count(plan.PlacedToday)} find a node today.");
        foreach (var answer in plan.Answers)
        {
            Write(terminal, answer, plan.Answers.Length > 1);
        }

        terminal.Output.WriteLine($"Below a price of {Price(plan.PriceBound.Bound)} nobody can place them; the best packing found costs {Price(plan.BestPacking.Price)} ({Nodes(plan.BestPacking)}){(plan.BestPacking.IsComplete ? "" : ", and leaves pods out")}.");
        terminal.Output.WriteLine();
    }

    private static void Write(Terminal terminal, GrowAnswer answer, bool isNamed)
    {
        if (answer.Cheapest is { Mix: var mix })
        {
            terminal.WriteLine($"{(isNamed ? $"{answer.Profile}: " : "")}add {Nodes(mix)}{(mix.Nodes.Length == 0 ? "" : $", for {Price(mix.Price)}")}.", TableView.Good);
        }
        else
        {
            terminal.WriteLine($"{(isNamed ? $"{answer.Profile}: " : "")}no number of these nodes is enough.", TableView.Bad);
        }

        terminal.Output.WriteLine();
        var table = new TableView().Text("TEMPLATE").Number("FIRST").Number("STABLE FROM").Number("AT LEAST").Number("GAP").Number("BEST PACKING").Number("PRICE");
        foreach (var option in answer.Options)
        {
            table.Row(
                option.FirstNodes is null ? TableView.Bad : TableView.Plain,
                option.Template,
                $"{Or(option.FirstNodes)}{(option.IsExhaustive ? "" : "*")}",
                Or(option.StableFrom),
                Amounts.Count((long)option.Bound.Bound),
                Or(option.Gap),
                Or(option.BestPacking),
                option.Price is { } price ? Price(price) : "-");
        }

        table.WriteTo(terminal);
        foreach (var option in answer.Options)
        {
            WriteWhy(terminal, option);
        }
    }

    private static void WriteWhy(Terminal terminal, GrowOption option)
    {
        if (!option.IsExhaustive)
        {
            terminal.Output.WriteLine($"* {option.Template}: not every number below was tried.");
        }

        if (option.Steps.LastOrDefault(step => step.Failure is not null && (option.FirstNodes is not { } first || step.Nodes < first)) is { Failure: { } failure } last)
        {
            terminal.Output.WriteLine($"{Amounts.Count(last.Nodes)} of {option.Template} are too few: {ObjectKey.Of(failure.Pod)} of {failure.Source}:");
            terminal.Output.WriteLine($"    {failure.Result.Message}");
            terminal.Output.WriteLine();
        }

        if (!option.FirstNodesBySeed.IsEmpty)
        {
            var counts = option.FirstNodesBySeed.GroupBy(static nodes => nodes).OrderBy(static group => group.Key ?? int.MaxValue).Select(static group => $"{Or(group.Key)} in {group.Count()}");
            terminal.Output.WriteLine($"{option.Template}, ties drawn by {option.FirstNodesBySeed.Length} seeds: {string.Join(", ", counts)}.");
            terminal.Output.WriteLine();
        }
    }

    public static void Write(Terminal terminal, ShrinkPlan plan)
    {
        var all = plan.Steps.Length + plan.Kept.Length;
        terminal.WriteLine($"{Amounts.Count(plan.Steps.Length)} of {Amounts.Count(all, "node")} can go; {Amounts.Count((long)plan.Bound.Bound)} have to stay whatever the order.", plan.Steps.Length > 0 ? TableView.Good : TableView.Plain);
        terminal.Output.WriteLine();
        if (plan.Steps.Length > 0)
        {
            var steps = new TableView().Number("STEP").Text("NODE").Number("PODS MOVED").Text("TO");
            foreach (var (step, i) in plan.Steps.Take(RowLimit).Select(static (step, i) => (step, i)))
            {
                var nodes = step.Pods.Select(static pod => pod.Replacement?.Result.NodeName).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
                steps.Row($"{i + 1}", step.NodeName, Amounts.Count(step.Pods.Count(static pod => pod.Replacement is not null)), Names(nodes));
            }

            steps.WriteTo(terminal);
            WriteMore(terminal, plan.Steps.Length, "node");
        }

        if (plan.Kept.Length > 0)
        {
            var kept = new TableView().Text("STAYS").Text("BECAUSE OF").Text("POD").Text("REASON");
            foreach (var node in plan.Kept.Take(RowLimit))
            {
                kept.Row(node.NodeName, node.Blocker.ToString(), node.Pod.Length == 0 ? "-" : node.Pod, node.Reason.Length == 0 ? "-" : node.Reason);
            }

            kept.WriteTo(terminal);
            WriteMore(terminal, plan.Kept.Length, "node");
        }

        UtilizationTables.Write(terminal, plan.Utilization);
    }

    public static void Write(Terminal terminal, SurvivePlan plan)
    {
        var bad = plan.Failures.Count(static failure => !failure.Survives);
        terminal.WriteLine(
            bad == 0
                ? $"Each of {Amounts.Count(plan.Failures.Length, "loss").Replace("losss", "losses", StringComparison.Ordinal)} is survived: all that is evicted finds a node."
                : $"{Amounts.Count(bad)} of {Amounts.Count(plan.Failures.Length)} losses leave pods without a node, or lose them.",
            bad == 0 ? TableView.Good : TableView.Bad);
        terminal.Output.WriteLine();
        var table = new TableView().Text("LOST").Number("NODES").Number("EVICTED").Number("PLACED").Number("PENDING").Number("LOST PODS").Number("BUDGETS BROKEN");
        foreach (var failure in plan.Failures.Take(RowLimit))
        {
            table.Row(
                failure.Survives ? TableView.Plain : TableView.Bad,
                failure.Name,
                Amounts.Count(failure.Nodes),
                Amounts.Count(failure.Evicted),
                Amounts.Count(failure.Placed),
                Amounts.Count(failure.Pending),
                Amounts.Count(failure.Lost),
                Amounts.Count(failure.BrokenBudgets.Length));
        }

        table.WriteTo(terminal);
        WriteMore(terminal, plan.Failures.Length, "loss");
        foreach (var reason in plan.Failures.Take(1).SelectMany(static failure => failure.Reasons).Take(ReasonLimit))
        {
            terminal.Output.WriteLine($"{Amounts.Count(reason.Pods, "pod")}, first of {reason.Source}:");
            terminal.Output.WriteLine($"    {reason.Message}");
        }

        foreach (var budget in plan.Failures.Take(1).SelectMany(static failure => failure.BrokenBudgets).Take(ReasonLimit))
        {
            terminal.Output.WriteLine($"{budget.Budget} demands {budget.Desired} healthy pods: {budget.AtOnce} right after the loss, {budget.Later} later.");
        }

        terminal.Output.WriteLine();
        var least = new TableView().Text("LEFT FREE").Number("TODAY").Number("AT LEAST").Text("AFTER THE LOSS OF");
        foreach (var room in plan.LeastFree)
        {
            least.Row(room.Of, Amounts.Of(room.Of, room.Today), Amounts.Of(room.Of, room.Least), room.Failure.Length == 0 ? "-" : room.Failure);
        }

        foreach (var room in plan.LeastUnits)
        {
            least.Row($"replicas of {room.Of}", Amounts.Count(room.Today), Amounts.Count(room.Least), room.Failure.Length == 0 ? "-" : room.Failure);
        }

        least.WriteTo(terminal);
    }

    public static void Write(Terminal terminal, HeadroomPlan plan)
    {
        foreach (var shape in plan.Shapes)
        {
            terminal.WriteLine($"{Amounts.Count(shape.Units)} more of {ObjectKey.Of(shape.Pod)} {(shape.Units == 1 ? "fits" : "fit")}.", shape.Units == 0 ? TableView.Bad : TableView.Good);
            terminal.Output.WriteLine();
            var table = new TableView().Text("NODES LIKE").Number("NODES").Number("WITH ROOM").Number("UNITS").Text("BINDS").Number("SHORT BY");
            foreach (var item in shape.Classes.Take(RowLimit))
            {
                table.Row(
                    item.Class.Name,
                    Amounts.Count(item.Class.Nodes),
                    Amounts.Count(item.NodesWithRoom),
                    Amounts.Count(item.Units),
                    item.BindingResource.Length > 0 ? item.BindingResource : item.Objection.Length > 0 ? item.Objection : "-",
                    item.BindingResource.Length > 0 ? Amounts.Of(item.BindingResource, item.ShortBy) : "-");
            }

            table.WriteTo(terminal);
            WriteMore(terminal, shape.Classes.Length, "kind of node");
        }
    }

    public static void Write(Terminal terminal, FragmentationPlan plan)
    {
        var whose = plan.Source switch { ShapeSource.Given => "given", ShapeSource.Pending => "pending", _ => "running" };
        terminal.Output.WriteLine($"Free amounts that none of {Amounts.Count(plan.Shapes.Length, $"{whose} shape")} can use:");
        terminal.Output.WriteLine();
        var total = new TableView().Text("RESOURCE").Number("ALLOCATABLE").Number("FREE").Number("STRANDED").Number("OF FREE");
        foreach (var amount in plan.Total)
        {
            total.Row(amount.Resource, Amounts.Of(amount.Resource, amount.Allocatable), Amounts.Of(amount.Resource, amount.Free), Amounts.Of(amount.Resource, amount.Stranded), Share(amount));
        }

        total.WriteTo(terminal);
        var table = new TableView().Text("NODES LIKE").Number("NODES").Number("NO USE").Number("CPU STRANDED").Number("MEMORY STRANDED").Text("OTHERS");
        foreach (var item in plan.Classes.Take(RowLimit))
        {
            var others = item.Resources.Where(static amount => amount.Resource is not ("cpu" or "memory" or "pods" or "ephemeral-storage") && amount.Stranded > 0).Select(static amount => $"{Amounts.Of(amount.Resource, amount.Stranded)} {amount.Resource}");
            table.Row(item.Class.Name, Amounts.Count(item.Class.Nodes), Amounts.Count(item.NodesWithoutUse), Of(item, "cpu"), Of(item, "memory"), string.Join(", ", others) is { Length: > 0 } text ? text : "-");
        }

        table.WriteTo(terminal);
        WriteMore(terminal, plan.Classes.Length, "kind of node");
    }

    public static void Write(Terminal terminal, UpgradePlan plan)
    {
        var done = plan.Steps.Count(static step => step.Ended is not null);
        terminal.WriteLine($"{Amounts.Count(done)} of {Amounts.Count(plan.Steps.Length + plan.NotReached.Length, "node")} replaced after {Time(plan.Duration)}; at most {Amounts.Count(plan.MostPending, "pod")} pending at a time, {Amounts.Count(plan.PendingAtEnd.Length)} at the end.", plan.Succeeds ? TableView.Good : TableView.Bad);
        terminal.Output.WriteLine();
        var table = new TableView().Text("NODE").Number("BEGINS").Number("DRAIN").Number("DONE").Number("EVICTED").Number("REFUSED").Text("HELD BY");
        foreach (var step in plan.Steps.OrderBy(static step => step.Blocker.Length == 0).Take(RowLimit))
        {
            table.Row(
                step.Blocker.Length > 0 ? TableView.Bad : TableView.Plain,
                step.NodeName, Time(step.Started), Time(step.DrainStarted), step.Ended is { } ended ? Time(ended) : "-", Amounts.Count(step.Evicted), Amounts.Count(step.RefusedEvictions), step.Blocker.Length == 0 ? "-" : step.Blocker);
        }

        table.WriteTo(terminal);
        WriteMore(terminal, plan.Steps.Length, "node");
        foreach (var reason in plan.PendingAtEnd.GroupBy(static pod => pod.Result.Message, StringComparer.Ordinal).Take(ReasonLimit))
        {
            terminal.Output.WriteLine($"{Amounts.Count(reason.Count(), "pod")} pending at the end, first of {reason.First().Source}:");
            terminal.Output.WriteLine($"    {reason.Key}");
        }
    }

    private static string Time(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    public static void Write(Terminal terminal, WhatIfPlan plan)
    {
        Write(terminal, plan.Difference);
        foreach (var pod in plan.Preempted.Take(RowLimit))
        {
            terminal.Output.WriteLine($"{pod.Pod} is evicted from {pod.NodeName} for {pod.For}.");
        }

        if (!plan.Preempted.IsEmpty)
        {
            terminal.Output.WriteLine();
        }

        UtilizationTables.Write(terminal, plan.Utilization);
    }

    public static void Write(Terminal terminal, PlacementDifference difference)
    {
        terminal.WriteLine(
            difference.Changes.IsEmpty
                ? $"Nothing differs: {Amounts.Count(difference.PlacedAfter)} placed, {Amounts.Count(difference.PendingAfter)} pending."
                : $"{Amounts.Count(difference.Changes.Length, "pod")} of {Amounts.Count(difference.Changes.Length + difference.Same)} differ: {Amounts.Count(difference.PlacedAfter)} placed instead of {Amounts.Count(difference.PlacedBefore)}, {Amounts.Count(difference.PendingAfter)} pending instead of {Amounts.Count(difference.PendingBefore)}.",
            difference.PendingAfter > difference.PendingBefore ? TableView.Bad : TableView.Good);
        terminal.Output.WriteLine();
        if (difference.Changes.IsEmpty)
        {
            return;
        }

        var table = new TableView().Text("POD").Text("CHANGE").Text("BEFORE").Text("AFTER").Text("REASON");
        foreach (var change in difference.Changes.OrderBy(static change => change.Kind != PodChangeKind.NowPending).Take(RowLimit))
        {
            table.Row(
                change.Kind == PodChangeKind.NowPending ? TableView.Bad : TableView.Plain,
                change.Pod.ToString(), change.Kind.ToString(), change.Before ?? "-", change.After ?? "-", change.Message.Length == 0 ? "-" : change.Message);
        }

        table.WriteTo(terminal);
        WriteMore(terminal, difference.Changes.Length, "pod");
    }

    private static string Of(ClassFragmentation item, string resource) => item.Resources.FirstOrDefault(amount => amount.Resource == resource) is { Resource: not null } amount
        ? $"{Amounts.Of(resource, amount.Stranded)} ({Share(amount)})"
        : "-";

    private static string Share(StrandedAmount amount) => amount.Free == 0 ? "-" : Amounts.Share((double)amount.Stranded / amount.Free);

    private static void WriteMore(Terminal terminal, int count, string noun)
    {
        if (count > RowLimit)
        {
            terminal.Output.WriteLine($"and {Amounts.Count(count - RowLimit)} more {(noun == "loss" ? "losses" : noun == "kind of node" ? "kinds of nodes" : $"{noun}s")}; -o json has them all.");
            terminal.Output.WriteLine();
        }
    }

    private static string Names(string[] names) => names.Length <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Length - 3} more";

    private static string Nodes(NodeMix mix) => mix.Nodes.IsEmpty ? "nothing" : string.Join(" and ", mix.Nodes.Select(static item => $"{Amounts.Count(item.Count)} {item.Template}"));

    private static string Price(decimal price) => price.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Or(int? number) => number is { } value ? Amounts.Count(value) : "-";
}
