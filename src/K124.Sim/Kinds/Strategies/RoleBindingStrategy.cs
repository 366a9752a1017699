using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Role bindings and cluster role bindings.</summary>
/// <param name="isNamespaced">Whether it is the kind that lives in namespaces.</param>
internal sealed class RoleBindingStrategy(bool isNamespaced) : KindStrategy
{
    private const string RbacGroup = "rbac.authorization.k8s.io";
    private static readonly FieldPath RolePath = FieldPath.Of("roleRef");

    /// <inheritdoc/>
    public override string Group => RbacGroup;

    /// <inheritdoc/>
    public override string Kind => isNamespaced ? "RoleBinding" : "ClusterRoleBinding";

    /// <inheritdoc/>
    public override bool IsNamespaced => isNamespaced;

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override string[] NameErrors(string name, bool isPrefix) => NameRules.PathSegment(name);

    /// <inheritdoc/>
    public override void Default(JsonObject tree, string version)
    {
        tree.Ensure("roleRef").Default("apiGroup", RbacGroup);
        foreach (var subject in tree.Objects("subjects"))
        {
            if (subject.Text("kind") is "User" or "Group")
            {
                subject.Default("apiGroup", RbacGroup);
            }
        }
    }

    /// <inheritdoc/>
    public override void Validate(JsonObject tree, KindContext context, FieldErrors errors)
    {
        ValidateMetadata(tree, errors);
        Role(tree.Object("roleRef"), errors);
        var index = 0;
        foreach (var subject in tree.Objects("subjects"))
        {
            Subject(subject, FieldPath.Of("subjects").Index(index++), errors);
        }
    }

    /// <inheritdoc/>
    public override void ValidateUpdate(JsonObject tree, JsonObject old, KindContext context, FieldErrors errors)
    {
        Validate(tree, context, errors);
        Validate(tree, context, errors);
        ValidateMetadataUpdate(tree, old, errors);
        if (!Same(tree, old, "roleRef"))
        {
            errors.InvalidValue(RolePath, tree["roleRef"], "cannot change roleRef");
        }
    }

    private void Role(JsonObject? role, FieldErrors errors)
    {
        if (role.Text("apiGroup") is var group && group != RbacGroup)
        {
            errors.NotSupported(RolePath.Child("apiGroup"), group, RbacGroup);
        }

        var kind = role.Text("kind");
        if (kind != "ClusterRole" && !(isNamespaced && kind == "Role"))
        {
            errors.NotSupported(RolePath.Child("kind"), kind, isNamespaced ? ["Role", "ClusterRole"] : ["ClusterRole"]);
        }

        var name = role.Text("name");
        if (name.Length == 0)
        {
            errors.Required(RolePath.Child("name"));
        }
        else
        {
            errors.InvalidAll(RolePath.Child("name"), name, NameRules.PathSegment(name));
        }
    }

    private void Subject(JsonObject subject, FieldPath path, FieldErrors errors)
    {
        var name = subject.Text("name");
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }

        var group = subject.Text("apiGroup");
        switch (subject.Text("kind"))
        {
            case "ServiceAccount":
                Account(subject, name, group, path, errors);
                break;
            case "User" or "Group":
                if (group != RbacGroup)
                {
                    errors.NotSupported(path.Child("apiGroup"), group, RbacGroup);
                }

                break;
            case var kind:
                errors.NotSupported(path.Child("kind"), kind, "ServiceAccount", "User", "Group");
                break;
        }
    }

    private void Account(JsonObject subject, string name, string group, FieldPath path, FieldErrors errors)
    {
        if (name.Length > 0)
        {
            errors.InvalidAll(path.Child("name"), name, NameRules.Subdomain(name));
        }

        if (group.Length > 0)
        {
            errors.NotSupported(path.Child("apiGroup"), group, "");
        }

        if (!isNamespaced && subject.Text("namespace").Length == 0)
        {
            errors.Required(path.Child("namespace"));
        }
    }
}
