using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>API services.</summary>
/// <remarks>Kubernetes 1.24 kube-aggregator/pkg/apis/apiregistration/validation.</remarks>
internal sealed class APIServiceStrategy : KindStrategy
{
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");

    /// <inheritdoc/>
    public override string Group => "apiregistration.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "APIService";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override bool AllowsUnconditionalUpdate => false;

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version) => tree.Object("spec", "service")?.Default("port", 443L);

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        tree.Remove("status");
        if (!tree.Object("spec").Has("service"))
        {
            tree["status"] = LocalStatus(context.Now);
        }
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "spec");
        foreach (var member in (ReadOnlySpan<string>)["labels", "annotations", "finalizers", "ownerReferences"])
        {
            tree.Ensure("metadata").CopyFrom(old.Object("metadata"), member);
        }
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        var spec = tree.Object("spec");
        var required = $"{spec.Text("version")}.{spec.Text("group")}";
        MetadataRules.ValidateGeneric(tree.Object("metadata"), isNamespaced: false, (name, _) => NameErrors(name, required), errors);
        Versions(spec, errors);
        if (spec.Object("service") is { } service)
        {
            Service(spec!, service, errors);
        }
        else
        {
            Local(spec, errors);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        MetadataRules.ValidateUpdate(tree.Ensure("metadata"), old.Object("metadata"), errors);
        Validate(tree, context, errors);
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        MetadataRules.ValidateUpdate(tree.Ensure("metadata"), old.Object("metadata"), errors);
        var index = 0;
        foreach (var condition in tree.Object("status").Objects("conditions"))
        {
            var place = FieldPath.Of("status.conditions").Index(index++).Child("status");
            if (condition.Text("status") is var status and not ("True" or "False" or "Unknown"))
            {
                errors.NotSupported(place, status, "True", "False", "Unknown");
            }
        }
    }

    private static string[] NameErrors(string name, string required) => NameRules.PathSegment(name) switch
    {
        { Length: > 0 } wrong => wrong,
        _ when name != required => [$"must be `spec.version+\".\"+spec.group`: {GoText.Quote(required)}"],
        _ => [],
    };

    private static JsonObject LocalStatus(string now) => new()
    {
        ["conditions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Available",
            ["status"] = "True",
            ["lastTransitionTime"] = now,
            ["reason"] = "Local",
            ["message"] = "Local APIServices are always available",
        }),
    };

    private static void Versions(JsonObject? spec, FieldErrors errors)
    {
        var group = spec.Text("group");
        var version = spec.Text("version");
        if (group.Length > 0)
        {
            errors.InvalidAll(SpecPath.Child("group"), group, NameRules.Subdomain(group));
        }
        else if (version != "v1")
        {
            errors.Required(SpecPath.Child("group"), "only v1 may have an empty group and it better be legacy kube");
        }

        errors.InvalidAll(SpecPath.Child("version"), version, NameRules.DnsLabel1035(version));
        Priority(spec, "groupPriorityMinimum", 20000, errors);
        Priority(spec, "versionPriority", 1000, errors);
    }

    private static void Priority(JsonObject? spec, string member, long most, FieldErrors errors)
    {
        if (spec.Number(member) is var priority && (priority <= 0 || priority > most))
        {
            errors.Invalid(SpecPath.Child(member), priority, $"must be positive and less than {most}");
        }
    }

    private static void Local(JsonObject? spec, FieldErrors errors)
    {
        if (ImmutableData.ByteCount(spec?["caBundle"]) is > 0 and var bytes)
        {
            errors.Invalid(SpecPath.Child("caBundle"), $"{bytes} bytes", "local APIServices may not have a caBundle");
        }

        if (spec.Flag("insecureSkipTLSVerify"))
        {
            errors.InvalidPrinted(SpecPath.Child("insecureSkipTLSVerify"), "true", "local APIServices may not have insecureSkipTLSVerify");
        }
    }

    private static void Service(JsonObject spec, JsonObject service, FieldErrors errors)
    {
        foreach (var member in (ReadOnlySpan<string>)["namespace", "name"])
        {
            if (service.Text(member).Length == 0)
            {
                errors.Required(SpecPath.Child("service", member));
            }
        }

        PortRules.ServicePort(service.Number("port"), SpecPath.Child("service", "port"), errors);
        if (spec.Flag("insecureSkipTLSVerify") && spec.Text("caBundle").Length > 0)
        {
            errors.InvalidPrinted(SpecPath.Child("insecureSkipTLSVerify"), "true", "may not be true if caBundle is present");
        }
    }
}
