using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Kinds;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>A list as the server writes it.</summary>
internal sealed class ListBody
{
    private readonly ServedResource _resource;

    private ListBody(ServedResource resource, JsonObject metadata, IReadOnlyList<JsonObject> items)
    {
        _resource = resource;
        Metadata = metadata;
        Items = items;
    }

    public JsonObject Metadata { get; }

    /// <summary>The objects; they may be shared: only to be read.</summary>
    public IReadOnlyList<JsonObject> Items { get; }

    public static ListBody Of(ServedResource resource, ListPage page)
    {
        var metadata = new JsonObject();
        if (resource.IsCustom)
        {
            metadata["continue"] = page.Next?.Encode() ?? "";
            AddRemaining(metadata, page.Remaining);
            metadata["resourceVersion"] = page.Revision.ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            metadata["resourceVersion"] = page.Revision.ToString(CultureInfo.InvariantCulture);
            if (page.Next is { } next)
            {
                metadata["continue"] = next.Encode();
            }

            AddRemaining(metadata, page.Remaining);
        }

        return new(resource, metadata, [.. page.Items.Select(resource.FromStored)]);
    }

    /// <summary>A list of objects that are not stored, and have no versions.</summary>
    public static ListBody OfUnstored(ServedResource resource, IReadOnlyList<JsonObject> items) => new(resource, [], items);

    /// <summary>The metadata as tables and lists of metadata show them: without what is empty.</summary>
    public JsonObject ShapeMetadata()
    {
        var metadata = (JsonObject)Metadata.DeepClone();
        if (metadata.Text("continue").Length == 0)
        {
            metadata.Remove("continue");
        }

        return metadata;
    }

    /// <summary>The objects as the server works on them.</summary>
    public IEnumerable<JsonObject> InternalItems => Items.Select(_resource.Internal);

    public JsonObject ToTree()
    {
        var tree = Head();
        tree["metadata"] = Metadata.DeepClone();
        tree["items"] = new JsonArray([.. Items.Select(Item)]);
        return tree;
    }

    public byte[] ToUtf8()
    {
        using var buffer = new MemoryStream();
        var head = Head();
        head["metadata"] = Metadata.DeepClone();
        buffer.Write(TreeText.ToUtf8(head).AsSpan()[..^1]);
        buffer.Write(",\"items\":["u8);
        for (var i = 0; i < Items.Count; i++)
        {
            if (i > 0)
            {
                buffer.WriteByte((byte)',');
            }

            WriteItem(buffer, Items[i]);
        }

        buffer.Write("]}\n"u8);
        return buffer.ToArray();
    }

    private static void AddRemaining(JsonObject metadata, long? remaining)
    {
        if (remaining is { } left)
        {
            metadata["remainingItemCount"] = left;
        }
    }

    private JsonObject Head()
    {
        var (kind, apiVersion) = (_resource.Type.Kind + "List", _resource.Type.ApiVersion);
        return _resource.IsCustom
            ? new() { ["apiVersion"] = apiVersion, ["kind"] = kind }
            : new() { ["kind"] = kind, ["apiVersion"] = apiVersion };
    }

    /// <summary>An object in a list of a built-in kind has neither kind nor version.</summary>
    private JsonNode Item(JsonObject item)
    {
        var copy = (JsonObject)item.DeepClone();
        if (!_resource.IsCustom)
        {
            copy.Remove("kind");
            copy.Remove("apiVersion");
        }

        return copy;
    }

    private void WriteItem(MemoryStream buffer, JsonObject item)
    {
        var text = TreeText.ToUtf8(item).AsSpan();
        if (!_resource.IsCustom)
        {
            var head = Encoding.UTF8.GetBytes($"{{\"kind\":\"{item.Text("kind")}\",\"apiVersion\":\"{item.Text("apiVersion")}\",");
            if (text.StartsWith(head))
            {
                buffer.WriteByte((byte)'{');
                text = text[head.Length..];
            }
            else
            {
                text = TreeText.ToUtf8(Item(item));
            }
        }

        buffer.Write(text);
    }
}
