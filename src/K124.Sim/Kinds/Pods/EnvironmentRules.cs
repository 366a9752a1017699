using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of environment variables.</summary>
internal static class EnvironmentRules
{
    private static readonly string[] FieldPaths =
        ["metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.podIP", "status.podIPs"];

    /// <summary>Checks variables.</summary>
    public static void Variables(JsonObjects variables, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < variables.Count; i++)
        {
            var variable = variables[i];
            var here = path.Index(i);
            var name = variable.Text("name");
            if (name.Length == 0)
            {
                errors.Required(here.Child("name"));
            }
            else
            {
                errors.InvalidAll(here.Child("name"), name, NameRules.EnvironmentName(name));
            }

            if (variable.Object("valueFrom") is { } source)
            {
                ValueFrom(source, variable.Text("value"), here.Child("valueFrom"), errors);
            }
        }
    }

    /// <summary>Checks sources of several variables.</summary>
    public static void Sources(JsonObjects sources, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            var source = sources[i];
            var here = path.Index(i);
            if (source.Text("prefix") is { Length: > 0 } prefix)
            {
                errors.InvalidAll(here.Child("prefix"), prefix, NameRules.EnvironmentName(prefix));
            }

            var count = 0;
            foreach (var kind in (ReadOnlySpan<string>)["configMapRef", "secretRef"])
            {
                if (source.Object(kind) is { } reference)
                {
                    count++;
                    Named(reference.Text("name"), here.Child(kind, "name"), errors);
                }
            }

            if (count == 0)
            {
                errors.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
            }
            else if (count > 1)
            {
                errors.Invalid(path, "", "may not have more than one field specified at a time");
            }
        }
    }

    private static void Named(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else
        {
            errors.InvalidAll(path, name, NameRules.Subdomain(name));
        }
    }

    private static void ValueFrom(JsonObject source, string value, FieldPath path, FieldErrors errors)
    {
        var count = 0;
        if (source.Object("fieldRef") is { } field)
        {
            count++;
            DownwardRules.FieldReference(field, FieldPaths, path.Child("fieldRef"), errors);
        }

        if (source.Object("resourceFieldRef") is { } resource)
        {
            count++;
            DownwardRules.ResourceReference(resource, needsContainer: false, path.Child("resourceFieldRef"), errors);
        }

        foreach (var kind in (ReadOnlySpan<string>)["configMapKeyRef", "secretKeyRef"])
        {
            if (source.Object(kind) is { } key)
            {
                count++;
                KeyReference(key, path.Child(kind), errors);
            }
        }

        if (count == 0)
        {
            errors.Invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        }

        if (value.Length > 0)
        {
            if (count > 0)
            {
                errors.Invalid(path, "", "may not be specified when `value` is not empty");
            }
        }
        else if (count > 1)
        {
            errors.Invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void KeyReference(JsonObject reference, FieldPath path, FieldErrors errors)
    {
        errors.InvalidAll(path.Child("name"), reference.Text("name"), NameRules.Subdomain(reference.Text("name")));
        var key = reference.Text("key");
        if (key.Length == 0)
        {
            errors.Required(path.Child("key"));
        }
        else
        {
            errors.InvalidAll(path.Child("key"), key, NameRules.ConfigKey(key));
        }
    }
}
