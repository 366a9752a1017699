using K124.Sim.Api;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>What an answer shows of objects.</summary>
internal enum OutputShape
{
    /// <summary>The objects.</summary>
    Whole,

    /// <summary>A table with a row an object.</summary>
    Table,

    /// <summary>An object's metadata.</summary>
    Metadata,

    /// <summary>A list of objects' metadata.</summary>
    MetadataList,
}

/// <summary>How an answer is written, as the Accept header asks for it.</summary>
/// <param name="Shape">What it shows.</param>
/// <param name="IsYaml">Whether it is YAML rather than JSON.</param>
/// <param name="Version">Version of the group meta.k8s.io that shapes are written in.</param>
internal sealed record OutputForm(OutputShape Shape, bool IsYaml, string Version)
{
    public static readonly OutputForm Json = new(OutputShape.Whole, false, "v1");

    /// <summary>Whether it is protobuf.</summary>
    public bool IsProtobuf { get; init; }

    private const string Accepted = "application/json, application/yaml, application/vnd.kubernetes.protobuf";
    private const string AcceptedWatch = "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";
    private const string JsonType = "application/json";
    private const string YamlType = "application/yaml";
    private const string ProtobufType = "application/vnd.kubernetes.protobuf";

    /// <summary>Whether the outer filter lets a header pass: it knows media types, not their parameters.</summary>
    public static bool PassesFilter(string accept) =>
        accept.Length == 0 || MediaRange.Parse(accept).Any(range => range.Type is JsonType or YamlType or ProtobufType or "*/*");

    /// <summary>Chooses the form of an object or a list.</summary>
    /// <param name="accept">The header.</param>
    /// <param name="allowsShapes">Whether other shapes than the whole are to be had.</param>
    /// <param name="hasProtobuf">Whether it can be written in protobuf, as objects of built-in kinds can.</param>
    /// <param name="form">The form.</param>
    /// <returns>Why there is none; null if there is one.</returns>
    public static ApiStatus? Choose(string accept, bool allowsShapes, bool hasProtobuf, out OutputForm form)
    {
        form = Json;
        if (accept.Length == 0)
        {
            return null;
        }

        foreach (var range in MediaRange.Parse(accept))
        {
            if (!TryShape(range, allowsShapes, out var shape, out var version))
            {
                continue;
            }

            if (range.Type is JsonType or YamlType or "*/*" || (range.Type == ProtobufType && hasProtobuf && shape != OutputShape.Table))
            {
                form = new(shape, range.Type == YamlType, version) { IsProtobuf = range.Type == ProtobufType };
                return null;
            }
        }

        return Refusals.OnlyAccepts(Accepted);
    }

    /// <summary>Chooses the form of the events of a watch.</summary>
    public static ApiStatus? ChooseWatch(string accept, out OutputForm form)
    {
        form = Json;
        if (accept.Length == 0)
        {
            return null;
        }

        foreach (var range in MediaRange.Parse(accept))
        {
            if (range.Type is JsonType or "*/*" && TryShape(range, allowsShapes: true, out var shape, out var version))
            {
                form = new(shape, false, version);
                return null;
            }
        }

        return Refusals.OnlyAccepts(AcceptedWatch);
    }

    private static bool TryShape(MediaRange range, bool allowsShapes, out OutputShape shape, out string version)
    {
        var wanted = range.Parameter("as");
        version = range.Parameter("v");
        shape = wanted switch
        {
            "Table" => OutputShape.Table,
            "PartialObjectMetadata" => OutputShape.Metadata,
            "PartialObjectMetadataList" => OutputShape.MetadataList,
            _ => OutputShape.Whole,
        };
        return wanted.Length == 0
            || (allowsShapes && shape != OutputShape.Whole && range.Parameter("g") == "meta.k8s.io" && version is "v1" or "v1beta1");
    }
}
