using System.Buffers;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Classes of ingresses.</summary>
internal sealed class IngressClassStrategy : KindStrategy
{
    private const int LongestController = 250;
    private const string PathPattern = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static readonly FieldPath SpecPath = FieldPath.Of("spec");
    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~%!$&'()*+,;=:");

    /// <inheritdoc/>
    public override string Group => "networking.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "IngressClass";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override string GenerationMember => "spec";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version) =>
        tree.Object("spec", "parameters")?.Default("scope", "Cluster");

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var spec = tree.Object("spec");
        Controller(spec.Text("controller"), SpecPath.Child("controller"), errors);
        if (spec.Object("parameters") is { } parameters)
        {
            Parameters(parameters, SpecPath.Child("parameters"), errors);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        if (tree.Object("spec").Text("controller") is var controller && controller != old.Object("spec").Text("controller"))
        {
            errors.Immutable(SpecPath.Child("controller"), JsonValue.Create(controller));
        }

        Validate(tree, context, errors);
    }

    private static void Controller(string controller, FieldPath path, FieldErrors errors)
    {
        if (NameRules.Utf8Length(controller) > LongestController)
        {
            errors.TooLong(path, LongestController);
        }

        if (controller.Length == 0)
        {
            errors.Required(path);
            return;
        }

        var slash = controller.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == controller.Length - 1)
        {
            errors.Invalid(path, controller, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }

        errors.InvalidAll(path, controller[..slash], NameRules.Subdomain(controller[..slash]));
        var rest = controller[(slash + 1)..];
        if (rest.AsSpan().IndexOfAnyExcept(PathCharacters) >= 0)
        {
            errors.Invalid(path, rest, $"Invalid path (regex used for validation is '{PathPattern}')");
        }
    }

    private static void Parameters(JsonObject parameters, FieldPath path, FieldErrors errors)
    {
        IngressBackendRules.Reference(parameters, path, errors);
        var ns = parameters.TextOrNull("namespace");
        var place = path.Child("namespace");
        switch (parameters.Text("scope"))
        {
            case "Namespace" when ns is null:
                errors.Required(place, "`parameters.scope` is set to 'Namespace'");
                break;
            case "Namespace":
                errors.InvalidAll(place, ns, NameRules.DnsLabel(ns));
                break;
            case "Cluster":
                if (ns is not null)
                {
                    errors.Forbidden(place, "`parameters.scope` is set to 'Cluster'");
                }

                break;
            case var scope:
                errors.NotSupported(path.Child("scope"), scope, "Cluster", "Namespace");
                break;
        }
    }
}
