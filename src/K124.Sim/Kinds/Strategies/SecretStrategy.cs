using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Secrets.</summary>
internal sealed class SecretStrategy : KindStrategy
{
    private const string AccountAnnotation = "kubernetes.io/service-account.name";
    private static readonly FieldPath DataPath = FieldPath.Of("data");

    /// <inheritdoc/>
    public override string Group => "";

    /// <inheritdoc/>
    public override string Kind => "Secret";

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        tree.Default("type", "Opaque");
        if (tree.Object("stringData") is not { } plain)
        {
            return;
        }

        var data = tree.Ensure("data");
        foreach (var (key, value) in plain)
        {
            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonTree.AsText(value) ?? ""));
        }

        tree.Remove("stringData");
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        var data = tree.Object("data");
        var size = 0L;
        foreach (var (key, value) in data ?? [])
        {
            errors.InvalidAll(DataPath.Key(key), key, NameRules.ConfigKey(key));
            size += ImmutableData.ByteCount(value);
        }

        if (size > ImmutableData.MostBytes)
        {
            errors.TooLong(DataPath, ImmutableData.MostBytes);
        }

        RequiredKeys(tree, data, errors);
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        ValidateMetadataUpdate(tree, old, errors);
        if (tree.Text("type") != old.Text("type"))
        {
            errors.Immutable(FieldPath.Of("type"), tree["type"]);
        }

        ImmutableData.Check(tree, old, errors, member => Same(tree, old, member), "data");
        Validate(tree, context, errors);
    }

    private static void RequiredKeys(JsonObject tree, JsonObject? data, FieldErrors errors)
    {
        switch (tree.Text("type"))
        {
            case "kubernetes.io/service-account-token" when tree.Object("metadata", "annotations").Text(AccountAnnotation).Length == 0:
                errors.Required(FieldPath.Of("metadata.annotations").Key(AccountAnnotation));
                break;
            case "kubernetes.io/dockercfg":
                JsonKey(data, ".dockercfg", errors);
                break;
            case "kubernetes.io/dockerconfigjson":
                JsonKey(data, ".dockerconfigjson", errors);
                break;
            case "kubernetes.io/basic-auth" when !data.Has("username") && !data.Has("password"):
                errors.Required(DataPath.Key("username"));
                errors.Required(DataPath.Key("password"));
                break;
            case "kubernetes.io/ssh-auth" when data.Text("ssh-privatekey").Length == 0:
                errors.Required(DataPath.Key("ssh-privatekey"));
                break;
            case "kubernetes.io/tls":
                Key(data, "tls.crt", errors);
                Key(data, "tls.key", errors);
                break;
        }
    }

    private static void Key(JsonObject? data, string key, FieldErrors errors)
    {
        if (!data.Has(key))
        {
            errors.Required(DataPath.Key(key));
        }
    }

    private static void JsonKey(JsonObject? data, string key, FieldErrors errors)
    {
        if (!data.Has(key))
        {
            errors.Required(DataPath.Key(key));
        }
        else if (ObjectFault(Convert.FromBase64String(data.Text(key))) is { } wrong)
        {
            errors.Invalid(DataPath.Key(key), "<secret contents redacted>", wrong);
        }
    }

    private static string? ObjectFault(byte[] text) => GoJson.TryParse(text, out var node)
        ?? (node is null or JsonObject ? null : $"json: cannot unmarshal {GoJson.KindWord(node)} into Go value of type map[string]interface {{}}");
}
