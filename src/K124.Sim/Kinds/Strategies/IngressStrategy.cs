using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Ingresses.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/networking/validation.</remarks>
internal sealed class IngressStrategy : KindStrategy
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");

    /// <inheritdoc/>
    public override string Group => "networking.k8s.io";

    /// <inheritdoc/>
    public override string ErrorGroup => "extensions";

    /// <inheritdoc/>
    public override string Kind => "Ingress";

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override string GenerationMember => "spec";

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateContent(tree, errors);
        if (tree.Object("metadata", "annotations").TextOrNull(ClassAnnotation) is { } annotation && tree.Object("spec").Has("ingressClassName"))
        {
            errors.Invalid(FieldPath.Of("annotations").Child(ClassAnnotation), annotation, "can not be set when the class field is also set");
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        ValidateContent(tree, errors);
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        AddressRules.LoadBalancer(tree.Object("status", "loadBalancer"), FieldPath.Of("status.loadBalancer"), errors);
    }

    private void ValidateContent(JsonObject tree, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var spec = tree.Object("spec");
        if (spec.Count("rules") == 0 && !spec.Has("defaultBackend"))
        {
            errors.InvalidPrinted(SpecPath, "[]networking.IngressRule(nil)", "either `defaultBackend` or `rules` must be specified");
        }

        if (spec.Object("defaultBackend") is { } backend)
        {
            IngressBackendRules.Backend(backend, SpecPath.Child("defaultBackend"), errors);
        }

        Rules(spec.Objects("rules"), SpecPath.Child("rules"), errors);
        Tls(spec.Objects("tls"), SpecPath.Child("tls"), errors);
        if (spec.TextOrNull("ingressClassName") is { } name)
        {
            errors.InvalidAll(SpecPath.Child("ingressClassName"), name, NameRules.Subdomain(name));
        }
    }

    private static void Rules(JsonObjects rules, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var place = path.Index(i);
            if (rules[i].Text("host") is { Length: > 0 } host)
            {
                AddressRules.NotIP(host, place.Child("host"), errors);
                errors.InvalidAll(place.Child("host"), host, HostErrors(host));
            }

            if (rules[i].Object("http") is { } http)
            {
                Paths(http.Objects("paths"), place.Child("http", "paths"), errors);
            }
        }
    }

    private static string[] HostErrors(string host) =>
        host.Contains('*', StringComparison.Ordinal) ? NameRules.WildcardSubdomain(host) : NameRules.Subdomain(host);

    private static void Paths(JsonObjects paths, FieldPath path, FieldErrors errors)
    {
        if (paths.Count == 0)
        {
            errors.Required(path);
        }

        for (var i = 0; i < paths.Count; i++)
        {
            IngressBackendRules.Path(paths[i], path.Index(i), errors);
        }
    }

    private static void Tls(JsonObjects entries, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var hosts = entries[i].Texts("hosts");
            for (var j = 0; j < hosts.Count; j++)
            {
                errors.InvalidAll(path.Index(i).Child("hosts").Index(j), hosts[j], HostErrors(hosts[j]));
            }

            if (entries[i].Text("secretName") is { Length: > 0 } secret)
            {
                errors.InvalidAll(path.Index(i).Child("secretName"), secret, NameRules.Subdomain(secret));
            }
        }
    }
}
