using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Priority levels of requests.</summary>
internal sealed class PriorityLevelConfigurationStrategy : KindStrategy
{
    private const long MostQueues = 10_000_000;
    private const double MostEntropyBits = 60;
    private const string NotPositive = "must be positive";
    private static readonly FieldPath LimitedPath = FieldPath.Of("spec.limited");

    /// <inheritdoc/>
    public override string Group => "flowcontrol.apiserver.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "PriorityLevelConfiguration";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override string GenerationMember => "spec";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        if (tree.Object("spec", "limited") is not { } limited)
        {
            return;
        }

        limited.Default("assuredConcurrencyShares", 30L);
        if (limited.Object("limitResponse", "queuing") is { } queuing)
        {
            queuing.Default("queues", 64L);
            queuing.Default("handSize", 8L);
            queuing.Default("queueLengthLimit", 50L);
        }
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        Spec(tree.Object("spec"), tree.Object("metadata").Text("name"), errors);
        FlowControlObjects.CheckFixed(this, tree, errors);
        FlowControlObjects.Conditions(tree, errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) => Validate(tree, context, errors);

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "spec");
        StatusMetadata.Keep(tree, old);
    }

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        FlowControlObjects.Conditions(tree, errors);

    private static void Spec(JsonObject? spec, string name, FieldErrors errors)
    {
        var type = spec.Text("type");
        if ((name == FlowControlObjects.Exempt) != (type == "Exempt"))
        {
            if (type == "Exempt" || name == FlowControlObjects.Exempt)
            {
                errors.Invalid(FieldPath.Of("spec.type"), type, "must be 'Exempt' if and only if name is 'exempt'");
            }
        }

        switch (type)
        {
            case "Exempt":
                if (spec.Has("limited"))
                {
                    errors.Forbidden(LimitedPath, "must be nil if the type is not Limited");
                }

                break;
            case "Limited" when spec.Object("limited") is { } limited:
                Limited(limited, errors);
                break;
            case "Limited":
                errors.Required(LimitedPath, "must not be empty when type is Limited");
                break;
            default:
                errors.NotSupported(FieldPath.Of("spec.type"), type, "Exempt", "Limited");
                break;
        }
    }

    private static void Limited(JsonObject limited, FieldErrors errors)
    {
        Positive(limited, "assuredConcurrencyShares", LimitedPath, errors);
        var response = limited.Object("limitResponse");
        var path = LimitedPath.Child("limitResponse");
        var queuing = response.Object("queuing");
        switch (response.Text("type"))
        {
            case "Reject":
                if (queuing is not null)
                {
                    errors.Forbidden(path.Child("queuing"), "must be nil if limited.limitResponse.type is not Limited");
                }

                break;
            case "Queue" when queuing is not null:
                Queuing(queuing, path.Child("queuing"), errors);
                break;
            case "Queue":
                errors.Required(path.Child("queuing"), "must not be empty if limited.limitResponse.type is Limited");
                break;
            case var type:
                errors.NotSupported(path.Child("type"), type, "Queue", "Reject");
                break;
        }
    }

    private static void Queuing(JsonObject queuing, FieldPath path, FieldErrors errors)
    {
        Positive(queuing, "queueLengthLimit", path, errors);
        var queues = queuing.Number("queues");
        Positive(queuing, "queues", path, errors);
        if (queues > MostQueues)
        {
            errors.Invalid(path.Child("queues"), queues, "must not be greater than 10000000");
        }

        var hand = queuing.Number("handSize");
        if (hand <= 0)
        {
            errors.Invalid(path.Child("handSize"), hand, NotPositive);
        }
        else if (hand > queues)
        {
            errors.Invalid(path.Child("handSize"), hand, $"should not be greater than queues ({queues})");
        }
        else if (Math.Ceiling(Math.Log2(queues) * hand) > MostEntropyBits)
        {
            errors.Invalid(
                path.Child("handSize"), hand,
                $"required entropy bits of deckSize {queues} and handSize {hand} should not be greater than 60");
        }
    }

    private static void Positive(JsonObject tree, string member, FieldPath path, FieldErrors errors)
    {
        if (tree.Number(member) is <= 0 and var number)
        {
            errors.Invalid(path.Child(member), number, NotPositive);
        }
    }
}
