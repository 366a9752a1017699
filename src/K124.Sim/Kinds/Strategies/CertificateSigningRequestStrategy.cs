using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Requests for certificates.</summary>
/// <remarks>Kubernetes 1.24 pkg/registry/certificates and pkg/apis/certificates/validation.</remarks>
internal sealed class CertificateSigningRequestStrategy : KindStrategy
{
    private static readonly FieldPath ConditionsPath = FieldPath.Of("status.conditions");
    private static readonly FieldPath CertificatePath = FieldPath.Of("status.certificate");

    private enum Access
    {
        Main,
        Status,
        Approval,
    }

    /// <inheritdoc/>
    public override string Group => "certificates.k8s.io";

    /// <inheritdoc/>
    public override string Kind => "CertificateSigningRequest";

    /// <inheritdoc/>
    public override bool IsNamespaced => false;

    /// <inheritdoc/>
    public override bool HasStatus => true;

    /// <inheritdoc/>
    public override string[] NameErrors(string name, bool isPrefix) => [];

    /// <inheritdoc/>
    public override void PrepareForCreate(JsonObject tree, KindContext context)
    {
        tree.Remove("status");
        var spec = tree.Ensure("spec");
        var user = context.User;
        spec.Set("username", user.Name);
        spec.Set("uid", user.Uid);
        spec.Remove("groups");
        spec.Remove("extra");
        if (user.Groups.Length > 0)
        {
            spec["groups"] = Texts(user.Groups);
        }

        foreach (var (key, values) in user.Extra)
        {
            spec.Ensure("extra")[key] = Texts(values);
        }
    }

    /// <inheritdoc/>
    public override void PrepareForUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "spec");
        tree.CopyFrom(old, "status");
    }

    /// <inheritdoc/>
    public override void PrepareForStatusUpdate(JsonObject tree, JsonObject old, KindContext context)
    {
        tree.CopyFrom(old, "spec");
        CertificateConditions.Preserve(tree, old, "Approved");
        CertificateConditions.Preserve(tree, old, "Denied");
        CertificateConditions.FillTimes(tree, old, context.Now);
    }

    /// <inheritdoc/>
    public override void PrepareForSubresourceUpdate(string subresource, JsonObject tree, JsonObject old, KindContext context)
    {
        CertificateConditions.FillTimes(tree, old, context.Now);
        tree.CopyFrom(old, "spec");
        var status = tree.Ensure("status");
        status.CopyFrom(old.Object("status"), "certificate");
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors) => ValidateContent(tree, null, errors);

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        ValidateChange(tree, old, Access.Main, errors);

    /// <inheritdoc/>
    public override void ValidateStatusUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        ValidateChange(tree, old, Access.Status, errors);

    /// <inheritdoc/>
    public override void ValidateSubresourceUpdate(string subresource, JsonObject tree, JsonObject old, KindContext context, FieldErrors errors) =>
        ValidateChange(tree, old, Access.Approval, errors);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    // What an old object already has wrong, an update may keep.
    private void ValidateContent(JsonObject tree, JsonObject? old, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        CertificateRequestRules.Spec(tree.Object("spec"), old.Object("spec"), FieldPath.Of("spec"), errors);
        CertificateConditions.Check(tree, old, ConditionsPath, errors);
        if (PemText.CertificateError(old.Object("status").Text("certificate")) is null
            && PemText.CertificateError(tree.Object("status").Text("certificate")) is { } wrong)
        {
            errors.Invalid(CertificatePath, "<certificate data>", wrong);
        }
    }

    private void ValidateChange(JsonObject tree, JsonObject old, Access access, FieldErrors errors)
    {
        ValidateContent(tree, old, errors);
        CertificateConditions.CheckChange(tree, old, access == Access.Approval, ConditionsPath, errors);
        var certificate = old.Object("status").Text("certificate");
        if (tree.Object("status").Text("certificate") != certificate)
        {
            if (access != Access.Status)
            {
                errors.Forbidden(CertificatePath, "updates may not set certificate content");
            }
            else if (certificate.Length > 0)
            {
                errors.Forbidden(CertificatePath, "updates may not modify existing certificate content");
            }
        }

        ValidateMetadataUpdate(tree, old, errors);
    }
}
