using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane;

/// <summary>One state of one object in the store: as a record, as a JSON tree, as bytes, whichever it was written as and whichever was asked for since.</summary>
/// <remarks>A state never changes; what it computes of itself is kept. It may be shared by forks on several threads: computing twice is
/// harmless.</remarks>
internal sealed class StoredObject
{
    private readonly bool _isTreeStamped;
    private JsonObject? _tree;
    private JsonObject? _stampedTree;
    private IApiObject? _typed;
    private IApiObject? _stampedTyped;
    private byte[]? _utf8;

    private StoredObject(StoreResource resource, ObjectKey key, long revision, JsonObject? tree, IApiObject? typed, bool isTreeStamped)
    {
        Resource = resource;
        Key = key;
        Revision = revision;
        _tree = tree;
        _typed = typed;
        _isTreeStamped = isTreeStamped;
        if (isTreeStamped)
        {
            _stampedTree = tree;
        }
    }

    public StoreResource Resource { get; }

    public ObjectKey Key { get; }

    /// <summary>Revision of the write that made this state: the number in its resourceVersion.</summary>
    public long Revision { get; }

    /// <summary>Whether nobody has written the object since it was made.</summary>
    public bool IsAsCreated { get; init; }

    /// <summary>The bytes of the object's raw member as a client sent them, as text; null if they are what the server itself writes.</summary>
    public string? RawText { get; init; }

    /// <summary>The JSON form, resourceVersion included. It is shared: only to be read. <see cref="CopyTree"/> gives one to write to.</summary>
    public JsonObject Tree => _stampedTree ??= MakeStampedTree();

    /// <summary>The record, resourceVersion included.</summary>
    /// <exception cref="InvalidOperationException">The resource has no record.</exception>
    public IApiObject Typed => _stampedTyped ??= Stamp(TypedContent);

    /// <summary>The JSON form as text, resourceVersion included.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8 ??= TreeText.ToUtf8(Tree);

    /// <summary>The record whatever its resourceVersion says: cheaper for those who do not ask for it.</summary>
    public IApiObject TypedContent => _typed ??= Resource.Form.ToTyped(TreeContent);

    private JsonObject TreeContent => _tree ??= Resource.Form.ToTree(TypedContent);

    /// <summary>A state from a tree, which belongs to the store from here on.</summary>
    public static StoredObject FromTree(StoreResource resource, ObjectKey key, long revision, JsonObject tree, bool isNew = false, string? rawText = null)
    {
        StampTree(tree, revision);
        return new(resource, key, revision, tree, null, isTreeStamped: true) { IsAsCreated = isNew, RawText = rawText };
    }

    public static StoredObject FromTyped(StoreResource resource, ObjectKey key, long revision, IApiObject typed) =>
        new(resource, key, revision, null, typed, isTreeStamped: false);

    /// <summary>The same content under another revision: what a deletion leaves behind.</summary>
    public StoredObject WithRevision(long revision) => new(Resource, Key, revision, _tree, _typed, isTreeStamped: false);

    /// <summary>The JSON form, to write to.</summary>
    public JsonObject CopyTree()
    {
        var copy = (JsonObject)(_stampedTree ?? TreeContent).DeepClone();
        StampTree(copy, Revision);
        return copy;
    }

    /// <summary>The record, as its own type.</summary>
    public T As<T>()
        where T : class, IApiObject => (T)Typed;

    /// <inheritdoc/>
    public override string ToString() => $"{Resource.Id} {Key} at {Revision.ToString(CultureInfo.InvariantCulture)}";

    private static void StampTree(JsonObject tree, long revision)
    {
        if (tree["metadata"] is not JsonObject metadata)
        {
            metadata = [];
            tree["metadata"] = metadata;
        }

        TreeMetadata.SetResourceVersion(metadata, revision);
    }

    private JsonObject MakeStampedTree() => _isTreeStamped ? _tree! : CopyTree();

    private IApiObject Stamp(IApiObject content)
    {
        var version = Revision.ToString(CultureInfo.InvariantCulture);
        return content.Metadata.ResourceVersion == version
            ? content
            : content.With(content.ApiVersion, content.Metadata with { ResourceVersion = version });
    }
}
