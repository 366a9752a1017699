using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Schema;
using K124.Sim.Kinds.Validation;
using K124.Sim.Model;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.Kinds;

/// <summary>One write as the strategy of a kind alone sees it: recordings of strategies know no admission and no other objects.</summary>
internal sealed class StrategyWrite(ResourceType resource, FeatureGates gates) : IObjectReader, INameSource
{
    private readonly KindStrategy _strategy = KindStrategies.For(resource);
    private readonly FieldErrors _errors = new(resource.Schema);
    private string _uid = "";

    /// <summary>Why the last write was refused, each error once.</summary>
    public ImmutableArray<FieldError> Errors => _errors.ToImmutable();

    /// <summary>Makes an object.</summary>
    /// <returns>The object as stored; null if it is refused.</returns>
    public JsonObject? Create(JsonObject sent, string uid, string now)
    {
        _uid = uid;
        var context = Context(sent, now);
        var tree = Read(sent, context);
        NewMetadata.Prepare(new() { Resource = resource, Namespace = "default", Body = sent }, tree, _strategy, context);
        _strategy.Validate(tree, context, _errors);
        return Finish(tree);
    }

    /// <summary>Replaces an object.</summary>
    /// <returns>The object as stored; null if it is refused.</returns>
    public JsonObject? Update(JsonObject sent, JsonObject stored) => Change(sent, stored, _strategy.PrepareForUpdate, _strategy.ValidateUpdate);

    /// <summary>Replaces the status of an object.</summary>
    /// <returns>The object as stored; null if it is refused.</returns>
    public JsonObject? UpdateStatus(JsonObject sent, JsonObject stored) =>
        Change(sent, stored, _strategy.PrepareForStatusUpdate, _strategy.ValidateStatusUpdate);

    /// <summary>Applies defaults and looks for errors; nothing is prepared.</summary>
    /// <returns>The object with defaults; null if it is refused.</returns>
    public JsonObject? Check(JsonObject sent)
    {
        var context = Context(sent, "");
        var tree = Read(sent, context);
        _strategy.Validate(tree, context, _errors);
        return Finish(tree);
    }

    JsonObject? IObjectReader.Get(string group, string plural, string ns, string name) => null;

    IReadOnlyList<JsonObject> IObjectReader.List(string group, string plural, string ns) => [];

    string INameSource.NewUid() => _uid;

    string INameSource.RandomSuffix(int length) => new('x', length);

    private JsonObject? Change(
        JsonObject sent, JsonObject stored, Action<JsonObject, JsonObject, KindContext> prepare, Action<JsonObject, JsonObject, KindContext, FieldErrors> validate)
    {
        var context = Context(sent, "");
        var tree = Read(sent, context);
        var old = ObjectForms.ReadStored(resource, _strategy, stored);
        UpdateMetadata.Prepare(tree.Ensure("metadata"), old.Object("metadata"));
        prepare(tree, old, context);
        UpdateMetadata.Restore(tree.Ensure("metadata"), old.Object("metadata"));
        validate(tree, old, context, _errors);
        return Finish(tree);
    }

    private KindContext Context(JsonObject sent, string now) => new() { Objects = this, Now = now, Names = this, Gates = gates, Sent = sent };

    private JsonObject Read(JsonObject sent, KindContext context)
    {
        var error = ObjectForms.Read(new() { Resource = resource, Namespace = "default", Body = sent }, context, out var tree);
        return error is null ? tree : throw new FormatException(error.Message);
    }

    private JsonObject? Finish(JsonObject tree)
    {
        if (_errors.Count > 0)
        {
            return null;
        }

        ObjectWriter.Complete(resource.Schema!, tree);
        return tree;
    }
}
