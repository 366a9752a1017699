using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Tables;

/// <summary>Kinds that run pods from a template.</summary>
internal static class WorkloadTables
{
    public static TablePrinter Deployment { get; } = new SimpleTable(
        ["Name", "Ready", "Up-to-date", "Available", "Age", "Containers*", "Images*", "Selector*"],
        (item, now) =>
        {
            var (names, images) = Template(item.Spec());
            return
            [
                item.Name(),
                CellText.Fraction(item.Status().Number("readyReplicas"), Replicas(item)),
                item.Status().Number("updatedReplicas"),
                item.Status().Number("availableReplicas"),
                CellText.Age(item, now),
                names,
                images,
                SelectorText.Format(item.Spec().Object("selector")),
            ];
        });

    public static TablePrinter ReplicaSet { get; } = ReplicaTable(spec => SelectorText.OrNone(spec.Object("selector")));

    public static TablePrinter ReplicationController { get; } = ReplicaTable(spec =>
        SelectorText.Labels(spec.Object("selector") ?? spec.Object("template").Object("metadata").Object("labels")));

    public static TablePrinter StatefulSet { get; } = new SimpleTable(
        ["Name", "Ready", "Age", "Containers*", "Images*"],
        (item, now) =>
        {
            var (names, images) = Template(item.Spec());
            return [item.Name(), CellText.Fraction(item.Status().Number("readyReplicas"), Replicas(item)), CellText.Age(item, now), names, images];
        });

    public static TablePrinter DaemonSet { get; } = new SimpleTable(
        ["Name", "Desired:integer", "Current:integer", "Ready:integer", "Up-to-date:integer", "Available:integer", "Node Selector", "Age", "Containers*", "Images*", "Selector*"],
        (item, now) =>
        {
            var status = item.Status();
            var (names, images) = Template(item.Spec());
            return
            [
                item.Name(),
                status.Number("desiredNumberScheduled"),
                status.Number("currentNumberScheduled"),
                status.Number("numberReady"),
                status.Number("updatedNumberScheduled"),
                status.Number("numberAvailable"),
                SelectorText.Labels(item.Spec().Object("template").Object("spec").Object("nodeSelector")),
                CellText.Age(item, now),
                names,
                images,
                SelectorText.OrNone(item.Spec().Object("selector")),
            ];
        });

    public static TablePrinter Job { get; } = new SimpleTable(
        ["Name", "Completions", "Duration", "Age", "Containers*", "Images*", "Selector*"],
        (item, now) =>
        {
            var (names, images) = Template(item.Spec());
            return
            [
                item.Name(),
                Completions(item),
                Duration(item.Status(), now),
                CellText.Age(item, now),
                names,
                images,
                SelectorText.OrNone(item.Spec().Object("selector")),
            ];
        });

    public static TablePrinter CronJob { get; } = new SimpleTable(
        ["Name", "Schedule", "Suspend:boolean", "Active:integer", "Last Schedule", "Age", "Containers*", "Images*", "Selector*"],
        (item, now) =>
        {
            var jobSpec = item.Spec().Object("jobTemplate").Object("spec");
            var (names, images) = Template(jobSpec);
            return
            [
                item.Name(),
                item.Spec().Text("schedule"),
                item.Spec().Flag("suspend") ? "True" : "False",
                item.Status().Count("active"),
                item.Status().TextOrNull("lastScheduleTime") is null ? CellText.None : CellText.Since(item.Status(), "lastScheduleTime", now),
                CellText.Age(item, now),
                names,
                images,
                SelectorText.OrNone(jobSpec.Object("selector")),
            ];
        });

    public static TablePrinter PodTemplate { get; } = new SimpleTable(
        ["Name", "Containers", "Images", "Pod Labels"],
        (item, _) =>
        {
            var (names, images) = Template(item);
            return [item.Name(), names, images, SelectorText.Labels(item.Object("template").Object("metadata").Object("labels"))];
        });

    public static TablePrinter ControllerRevision { get; } = new SimpleTable(
        ["Name", "Controller", "Revision", "Age"],
        (item, now) => [item.Name(), Controller(item), item.Number("revision"), CellText.Age(item, now)]);

    private static SimpleTable ReplicaTable(Func<JsonObject?, string> selector) => new(
        ["Name", "Desired:integer", "Current:integer", "Ready:integer", "Age", "Containers*", "Images*", "Selector*"],
        (item, now) =>
        {
            var (names, images) = Template(item.Spec());
            return
            [
                item.Name(),
                Replicas(item),
                item.Status().Number("replicas"),
                item.Status().Number("readyReplicas"),
                CellText.Age(item, now),
                names,
                images,
                selector(item.Spec()),
            ];
        });

    private static long Replicas(JsonObject item) => item.Spec().NumberOrNull("replicas") ?? 1;

    private static (string Names, string Images) Template(JsonObject? holder) => CellText.Containers(holder.Object("template").Object("spec"));

    private static string Completions(JsonObject item)
    {
        var succeeded = item.Status().Number("succeeded");
        if (JsonTree.AsNumber(item.Spec()?["completions"]) is { } completions)
        {
            return CellText.Fraction(succeeded, completions);
        }

        var parallelism = item.Spec().NumberOrNull("parallelism") ?? 1;
        return CellText.Fraction(succeeded, 1) + (parallelism > 1 ? " of " + CellText.Number(parallelism) : "");
    }

    private static string Duration(JsonObject? status, DateTimeOffset now) => CellText.Time(status, "startTime") is { } start
        ? HumanDuration.Format((CellText.Time(status, "completionTime") ?? now) - start)
        : "";

    private static string Controller(JsonObject item)
    {
        var owner = item.Metadata().Items("ownerReferences").FirstOrDefault(reference => reference.Flag("controller"));
        if (owner is null)
        {
            return CellText.None;
        }

        var apiVersion = owner.Text("apiVersion");
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var kind = slash < 0 ? owner.Text("kind") : $"{owner.Text("kind")}.{apiVersion[..slash]}";
        return $"{kind.ToLowerInvariant()}/{owner.Text("name")}";
    }
}
