using System.Text.Json.Nodes;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Rules of the metadata of any object.</summary>
/// <remarks>Kubernetes 1.24 apimachinery/pkg/api/validation and pkg/apis/core/validation.</remarks>
internal static class MetadataRules
{
    private static readonly FieldPath Path = FieldPath.Of("metadata");

    /// <summary>What is wrong with a name; a prefix may end in a dash.</summary>
    public delegate string[] NameCheck(string name, bool isPrefix);

    /// <summary>A name without the dash in which a prefix may end.</summary>
    public static string WithoutTrailingDash(string name) => name.Length > 1 && name[^1] == '-' ? name[..^2] + "a" : name;

    /// <summary>The rule of most kinds.</summary>
    public static string[] Subdomain(string name, bool isPrefix) => NameRules.Subdomain(isPrefix ? WithoutTrailingDash(name) : name);

    /// <summary>The rule of namespaces.</summary>
    public static string[] Label(string name, bool isPrefix) => NameRules.DnsLabel(isPrefix ? WithoutTrailingDash(name) : name);

    /// <summary>The rule of services.</summary>
    public static string[] Label1035(string name, bool isPrefix) => NameRules.DnsLabel1035(isPrefix ? WithoutTrailingDash(name) : name);

    /// <summary>Checks the metadata of a new object of a built-in kind.</summary>
    public static void Validate(JsonObject? metadata, bool isNamespaced, NameCheck nameCheck, FieldErrors errors, FieldPath? path = null)
    {
        ValidateGeneric(metadata, isNamespaced, nameCheck, errors, path);
        StandardFinalizers(metadata, errors, path);
    }

    /// <summary>Refuses finalizers without a domain that are not among the known ones.</summary>
    public static void StandardFinalizers(JsonObject? metadata, FieldErrors errors, FieldPath? path = null)
    {
        path ??= Path;
        var index = 0;
        foreach (var finalizer in metadata.Texts("finalizers"))
        {
            if (!finalizer.Contains('/', StringComparison.Ordinal) && finalizer is not ("orphan" or "foregroundDeletion" or "kubernetes"))
            {
                errors.Invalid(path.Child("finalizers").Index(index), finalizer, "name is neither a standard finalizer name nor is it fully qualified");
            }

            index++;
        }
    }

    /// <summary>Checks the metadata of a new object of any kind.</summary>
    public static void ValidateGeneric(JsonObject? metadata, bool isNamespaced, NameCheck nameCheck, FieldErrors errors, FieldPath? path = null)
    {
        path ??= Path;
        if (metadata.Text("generateName") is { Length: > 0 } prefix)
        {
            errors.InvalidAll(path.Child("generateName"), prefix, nameCheck(prefix, isPrefix: true));
        }

        var name = metadata.Text("name");
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"), "name or generateName is required");
        }
        else
        {
            errors.InvalidAll(path.Child("name"), name, nameCheck(name, isPrefix: false));
        }

        Namespace(metadata.Text("namespace"), isNamespaced, path.Child("namespace"), errors);
        if (metadata.Text("clusterName") is { Length: > 0 } cluster)
        {
            errors.InvalidAll(path.Child("clusterName"), cluster, Subdomain(cluster, isPrefix: false));
        }

        errors.NotNegative(path.Child("generation"), metadata.Number("generation"));
        LabelRules.Labels(metadata.Object("labels"), path.Child("labels"), errors);
        LabelRules.Annotations(metadata.Object("annotations"), path.Child("annotations"), errors);
        OwnerReferences(metadata, path.Child("ownerReferences"), errors);
        Finalizers(metadata.Texts("finalizers"), path.Child("finalizers"), errors);
    }

    /// <summary>Checks the metadata of an update.</summary>
    public static void ValidateUpdate(JsonObject metadata, JsonObject? old, FieldErrors errors)
    {
        if (old.Has("deletionTimestamp"))
        {
            NoNewFinalizers(metadata, old, errors);
        }

        if (metadata.Text("resourceVersion").Length == 0)
        {
            errors.Invalid(Path.Child("resourceVersion"), "", "must be specified for an update");
        }

        if (metadata.Number("generation") < old.Number("generation"))
        {
            errors.Invalid(Path.Child("generation"), metadata.Number("generation"), "must not be decremented");
        }

        foreach (var member in (ReadOnlySpan<string>)["name", "namespace", "uid"])
        {
            if (metadata.Text(member) != old.Text(member))
            {
                errors.Invalid(Path.Child(member), metadata.Text(member), "field is immutable");
            }
        }

        foreach (var member in (ReadOnlySpan<string>)["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"])
        {
            if (GoSyntax.Print(metadata[member]) != GoSyntax.Print(old?[member]))
            {
                errors.InvalidPrinted(Path.Child(member), GoSyntax.TimeOrValue(metadata[member]), "field is immutable");
            }
        }

        if (metadata.Text("clusterName") != old.Text("clusterName"))
        {
            errors.Invalid(Path.Child("clusterName"), metadata.Text("clusterName"), "field is immutable");
        }

        LabelRules.Labels(metadata.Object("labels"), Path.Child("labels"), errors);
        LabelRules.Annotations(metadata.Object("annotations"), Path.Child("annotations"), errors);
        OwnerReferences(metadata, Path.Child("ownerReferences"), errors);
    }

    private static void Namespace(string name, bool isNamespaced, FieldPath path, FieldErrors errors)
    {
        if (!isNamespaced)
        {
            if (name.Length > 0)
            {
                errors.Forbidden(path, "not allowed on this type");
            }
        }
        else if (name.Length == 0)
        {
            errors.Required(path);
        }
        else
        {
            errors.InvalidAll(path, name, NameRules.DnsLabel(name));
        }
    }

    private static void OwnerReferences(JsonObject? metadata, FieldPath path, FieldErrors errors)
    {
        string? controller = null;
        foreach (var owner in metadata.Objects("ownerReferences"))
        {
            OwnerReference(owner, path, errors);
            if (!owner.Flag("controller"))
            {
                continue;
            }

            if (controller is null)
            {
                controller = owner.Text("name");
            }
            else
            {
                errors.InvalidValue(
                    path, metadata.List("ownerReferences"),
                    $"Only one reference can have Controller set to true. Found \"true\" in references for {controller} and {owner.Text("name")}");
            }
        }
    }

    private static void OwnerReference(JsonObject owner, FieldPath path, FieldErrors errors)
    {
        var apiVersion = owner.Text("apiVersion");
        var slashes = apiVersion.Count(letter => letter == '/');
        var version = slashes switch { 0 => apiVersion, 1 => apiVersion[(apiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..], _ => "" };
        if (version.Length == 0)
        {
            errors.Invalid(path.Child("apiVersion"), apiVersion, "version must not be empty");
        }

        foreach (var member in (ReadOnlySpan<string>)["kind", "name", "uid"])
        {
            if (owner.Text(member).Length == 0)
            {
                errors.Invalid(path.Child(member), "", $"{member} must not be empty");
            }
        }

        if (owner.Text("kind") == "Event" && apiVersion == "v1")
        {
            errors.InvalidValue(path, owner, "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    private static void Finalizers(IReadOnlyList<string> finalizers, FieldPath path, FieldErrors errors)
    {
        foreach (var finalizer in finalizers)
        {
            errors.InvalidAll(path, finalizer, NameRules.QualifiedName(finalizer));
        }

        if (finalizers.Contains("orphan") && finalizers.Contains("foregroundDeletion"))
        {
            errors.InvalidPrinted(path, $"[]string{{{string.Join(", ", finalizers.Select(GoText.Quote))}}}", "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    private static void NoNewFinalizers(JsonObject metadata, JsonObject? old, FieldErrors errors)
    {
        var known = old.Texts("finalizers");
        var added = metadata.Texts("finalizers").Where(finalizer => !known.Contains(finalizer)).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (added.Length > 0)
        {
            errors.Forbidden(
                Path.Child("finalizers"),
                $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(GoText.Quote))}}}");
        }
    }
}
