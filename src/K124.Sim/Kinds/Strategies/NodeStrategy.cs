using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Nodes.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/core/node and pkg/apis/core/validation.</remarks>
internal sealed class NodeStrategy : KindStrategy
{
    private const string AvoidPodsAnnotation = "scheduler.alpha.kubernetes.io/preferAvoidPods";
    private const int MostPodCidrs = 2;
    private static readonly FieldPath PodCidrsPath = FieldPath.Of("spec.podCIDRs");

    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "Node";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        if (tree.Object("status") is { } status && status.Object("capacity") is { } capacity && status.Object("allocatable") is null)
        {
            status["allocatable"] = capacity.DeepClone();
        }

        if (tree.Object("spec") is { } spec)
        {
            AlignPodCidrs(spec);
        }
    }

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        NodeConfigurationRules.DropSource(tree, null, context);
        NodeConfigurationRules.DropStatus(tree, null, context);
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "status");
        NodeConfigurationRules.DropSource(tree, old, context);
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "spec");
        NodeConfigurationRules.DropStatus(tree, old, context);
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        AvoidPods(tree, errors);
        Taints(tree, errors);
        Resources(tree, errors);
        PodCidrs(tree.Object("spec"), errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        ValidateChange(tree, old, errors);
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) => ValidateChange(tree, old, errors);

    // The old member and the list stand for one another; where they disagree the old member wins.
    private static void AlignPodCidrs(JsonObject spec)
    {
        var single = spec.Text("podCIDR");
        var list = spec.Texts("podCIDRs");
        if (single.Length > 0 && (list.Count == 0 || list[0] != single))
        {
            spec["podCIDRs"] = new JsonArray(JsonValue.Create(single));
        }
        else if (list.Count > 0)
        {
            spec.Set("podCIDR", list[0]);
        }
    }

    private void ValidateChange(JsonObject tree, JsonObject old, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        AvoidPods(tree, errors);
        Resources(tree, errors);
        Addresses(tree.Object("status"), errors);
        PodCidrsStay(tree.Object("spec"), old.Object("spec"), errors);
        if (old.Object("spec").Text("providerID") is { Length: > 0 } provider && provider != tree.Object("spec").Text("providerID"))
        {
            errors.Forbidden(FieldPath.Of("spec.providerID"), "node updates may not change providerID except from \"\" to valid");
        }

        NodeConfigurationRules.Check(tree, errors);
        Taints(tree, errors);
        if (tree.Object("spec").Text("externalID") != old.Object("spec").Text("externalID"))
        {
            errors.Forbidden(FieldPath.Of("spec.externalID"), "may not be updated");
        }
    }

    private static void AvoidPods(JsonObject tree, FieldErrors errors)
    {
        var text = tree.Object("metadata", "annotations").Text(AvoidPodsAnnotation);
        if (text.Length == 0)
        {
            return;
        }

        var path = FieldPath.Of("metadata.annotations");
        if (GoJson.TryParse(Encoding.UTF8.GetBytes(text), out var avoided) is { } wrong)
        {
            errors.Invalid(path.Child("AvoidPods"), AvoidPodsAnnotation, wrong);
            return;
        }

        var index = 0;
        foreach (var entry in (avoided as JsonObject).Objects("preferAvoidPods"))
        {
            var place = path.Child(AvoidPodsAnnotation).Index(index++).Child("PodSignature");
            var controller = entry.Object("podSignature", "podController");
            if (controller is null)
            {
                errors.Required(place);
            }
            else if (!controller.Flag("controller"))
            {
                errors.InvalidPrinted(place.Child("PodController", "Controller"), "false", "must point to a controller");
            }
        }
    }

    private static void Taints(JsonObject tree, FieldErrors errors)
    {
        var seen = new HashSet<(string Key, string Effect)>();
        var index = 0;
        foreach (var taint in tree.Object("spec").Objects("taints"))
        {
            var path = FieldPath.Of("metadata.taints").Index(index++);
            LabelRules.LabelName(taint.Text("key"), path.Child("key"), errors);
            if (NameRules.LabelValue(taint.Text("value")) is { Length: > 0 } wrong)
            {
                errors.Invalid(path.Child("value"), taint.Text("value"), string.Join(";", wrong));
            }

            Effect(taint.Text("effect"), path.Child("effect"), errors);
            if (!seen.Add((taint.Text("key"), taint.Text("effect"))))
            {
                errors.DuplicateValue(path, taint, "taints must be unique by key and effect pair");
            }
        }
    }

    private static void Effect(string effect, FieldPath path, FieldErrors errors)
    {
        if (effect.Length == 0)
        {
            errors.Required(path);
        }
        else if (effect is not ("NoSchedule" or "PreferNoSchedule" or "NoExecute"))
        {
            errors.NotSupported(path, effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
        }
    }

    private static void Resources(JsonObject tree, FieldErrors errors)
    {
        foreach (var member in (ReadOnlySpan<string>)["capacity", "allocatable"])
        {
            foreach (var (name, value) in tree.Object("status", member) ?? [])
            {
                QuantityRules.ResourceValue(name, JsonTree.AsText(value), FieldPath.Of("status").Child(member, name), errors);
            }
        }
    }

    private static void Addresses(JsonObject? status, FieldErrors errors)
    {
        var seen = new HashSet<(string Type, string Address)>();
        var index = 0;
        foreach (var address in status.Objects("addresses"))
        {
            if (!seen.Add((address.Text("type"), address.Text("address"))))
            {
                errors.DuplicateValue(FieldPath.Of("status.addresses").Index(index), address);
            }

            index++;
        }
    }

    private static void PodCidrs(JsonObject? spec, FieldErrors errors)
    {
        var list = spec.Texts("podCIDRs");
        for (var i = 0; i < list.Count; i++)
        {
            if (!IPText.TryParseCidr(list[i], out _, out _))
            {
                errors.InvalidValue(PodCidrsPath.Index(i), spec!["podCIDRs"], "must be valid CIDR");
            }
        }

        if (list.Count > 1)
        {
            SeveralPodCidrs(spec!, list, errors);
        }
    }

    private static void SeveralPodCidrs(JsonObject spec, IReadOnlyList<string> list, FieldErrors errors)
    {
        var unreadable = list.FirstOrDefault(cidr => !IPText.TryParseCidr(cidr, out _, out _));
        if (unreadable is not null)
        {
            errors.Internal(
                PodCidrsPath,
                $"invalid PodCIDRs. failed to check with dual stack with error:failed to parse cidr value:{GoText.Quote(unreadable)} with error:invalid CIDR address: {unreadable}");
        }

        if (unreadable is not null || list.Count > MostPodCidrs || list.All(IsV4) || !list.Any(IsV4))
        {
            errors.InvalidValue(PodCidrsPath, spec["podCIDRs"], "may specify no more than one CIDR for each IP family");
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (list.Take(i).Contains(list[i]))
            {
                errors.Duplicate(PodCidrsPath.Index(i), list[i]);
            }
        }
    }

    private static bool IsV4(string cidr) => IPText.TryParseCidr(cidr, out var address, out _) && address.IsV4;

    private static void PodCidrsStay(JsonObject? spec, JsonObject? old, FieldErrors errors)
    {
        var before = old.Texts("podCIDRs");
        var after = spec.Texts("podCIDRs");
        if (before.Count == 0)
        {
            return;
        }

        var changes = before.Count != after.Count ? 1 : before.Zip(after).Count(pair => pair.First != pair.Second);
        for (var i = 0; i < changes; i++)
        {
            errors.Forbidden(PodCidrsPath, "node updates may not change podCIDR except from \"\" to valid");
        }
    }
}
