using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>Rules of the definitions of custom resources.</summary>
internal static class CustomResourceDefinitionRules
{
    private const string VersionType = "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion";

    private static readonly FieldPath SpecPath = FieldPath.Of("spec");
    private static readonly FieldPath StoredPath = FieldPath.Of("status.storedVersions");

    /// <summary>Checks the specification.</summary>
    public static void Spec(JsonObject? spec, FieldErrors errors)
    {
        Group(spec.Text("group"), errors);
        var scope = spec.Text("scope");
        if (scope.Length == 0)
        {
            errors.Required(SpecPath.Child("scope"));
        }
        else if (scope is not ("Cluster" or "Namespaced"))
        {
            errors.NotSupported(SpecPath.Child("scope"), scope, "Cluster", "Namespaced");
        }

        if (spec.Flag("preserveUnknownFields"))
        {
            errors.Invalid(SpecPath.Child("preserveUnknownFields"), "true", "must be false in order to use defaults in the schema");
        }

        Versions(spec, errors);
        Names(spec.Object("names"), errors);
    }

    /// <summary>Checks that the versions in which objects were stored are still there.</summary>
    public static void StoredVersions(JsonObject tree, FieldErrors errors)
    {
        var stored = tree.Object("status").Texts("storedVersions");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var versions = ForPrint(tree.Object("spec"));
        foreach (var version in versions)
        {
            var name = version.Text("name");
            names.Add(name);
            if (version.Flag("storage") && !stored.Contains(name))
            {
                errors.InvalidPrinted(StoredPath, GoStruct.Print(VersionType, version), $"must have the storage version {name}");
            }
        }

        for (var i = 0; i < stored.Count; i++)
        {
            if (!names.Contains(stored[i]))
            {
                errors.Invalid(StoredPath.Index(i), stored[i], "must appear in spec.versions");
            }
        }
    }

    private static void Group(string group, FieldErrors errors)
    {
        var path = SpecPath.Child("group");
        if (group.Length == 0)
        {
            errors.Required(path);
            return;
        }

        errors.InvalidAll(path, group, NameRules.Subdomain(group));
        if (!group.Contains('.', StringComparison.Ordinal))
        {
            errors.Invalid(path, group, "should be a domain with at least one dot");
        }
    }

    private static void Versions(JsonObject? spec, FieldErrors errors)
    {
        var path = SpecPath.Child("versions");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var (stored, areUnique) = (0, true);
        var versions = spec.Objects("versions");
        for (var i = 0; i < versions.Count; i++)
        {
            var version = versions[i];
            stored += version.Flag("storage") ? 1 : 0;
            areUnique &= names.Add(version.Text("name"));
            if (NameRules.DnsLabel1035(version.Text("name")) is { Length: > 0 } problems)
            {
                errors.Invalid(path.Index(i).Child("name"), version.Text("name"), string.Join(',', problems));
            }
        }

        Schemas(spec, errors);
        if (!areUnique)
        {
            errors.InvalidPrinted(path, Printed(spec), "must contain unique version names");
        }

        if (stored != 1)
        {
            errors.InvalidPrinted(path, Printed(spec), "must have exactly one version marked as storage version");
        }
    }

    private static void Schemas(JsonObject? spec, FieldErrors errors)
    {
        // A schema that all versions share is checked where it stood before versions had schemas of their own.
        var versions = spec.Objects("versions");
        var isShared = AreEqual(spec, "schema");
        for (var i = 0; i < versions.Count; i++)
        {
            var path = SpecPath.Child("versions").Index(i).Child("schema", "openAPIV3Schema");
            if (versions[i].Object("schema", "openAPIV3Schema") is not { } schema)
            {
                errors.Required(path, "schemas are required");
            }
            else if (!isShared)
            {
                StructuralRules.Check(schema, path, errors);
            }
            else if (i == 0)
            {
                StructuralRules.Check(schema, SpecPath.Child("validation", "openAPIV3Schema"), errors);
            }
        }
    }

    private static void Names(JsonObject? names, FieldErrors errors)
    {
        var path = SpecPath.Child("names");
        foreach (var member in (ReadOnlySpan<string>)["plural", "singular", "kind", "listKind"])
        {
            if (names.Text(member).Length == 0)
            {
                errors.Required(path.Child(member));
            }
        }

        Label(names.Text("plural"), path.Child("plural"), errors);
        Label(names.Text("singular"), path.Child("singular"), errors);
        Kind(names.Text("kind"), path.Child("kind"), errors);
        Kind(names.Text("listKind"), path.Child("listKind"), errors);
        var shortNames = names.Texts("shortNames");
        for (var i = 0; i < shortNames.Count; i++)
        {
            Label(shortNames[i], path.Child("shortNames").Index(i), errors);
        }

        if (names.Text("kind").Length > 0 && names.Text("kind") == names.Text("listKind"))
        {
            errors.Invalid(path.Child("listKind"), names.Text("listKind"), "kind and listKind may not be the same");
        }

        var categories = names.Texts("categories");
        for (var i = 0; i < categories.Count; i++)
        {
            Label(categories[i], path.Child("categories").Index(i), errors);
        }
    }

    private static void Label(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length > 0 && NameRules.DnsLabel1035(name) is { Length: > 0 } problems)
        {
            errors.Invalid(path, name, string.Join(',', problems));
        }
    }

    private static void Kind(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length > 0 && NameRules.DnsLabel1035(name.ToLowerInvariant()) is { Length: > 0 } problems)
        {
            errors.Invalid(path, name, "may have mixed case, but should otherwise match: " + string.Join(',', problems));
        }
    }

    private static string Printed(JsonObject? spec) =>
        $"[]apiextensions.CustomResourceDefinitionVersion{{{string.Join(", ", ForPrint(spec).Select(static version => GoStruct.Print(VersionType, version)))}}}";

    // What is the same in all versions is kept once beside them, and so is not printed with them.
    private static List<JsonObject> ForPrint(JsonObject? spec)
    {
        string[] shared = [.. ((string[])["schema", "subresources", "additionalPrinterColumns"]).Where(member => AreEqual(spec, member))];
        var result = new List<JsonObject>();
        foreach (var version in spec.Objects("versions"))
        {
            var copy = (JsonObject)version.DeepClone();
            foreach (var member in shared)
            {
                copy.Remove(member);
            }

            result.Add(copy);
        }

        return result;
    }

    private static bool AreEqual(JsonObject? spec, string member)
    {
        var versions = spec.Objects("versions");
        for (var i = 1; i < versions.Count; i++)
        {
            if (!JsonNode.DeepEquals(versions[0][member], versions[i][member]))
            {
                return false;
            }
        }

        return true;
    }
}
