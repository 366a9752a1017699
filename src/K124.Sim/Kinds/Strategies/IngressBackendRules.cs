using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Rules of paths of ingresses, of what stands behind them, and of references that classes of ingresses share.</summary>
internal static class IngressBackendRules
{
    private static readonly string[] ForbiddenSequences = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] ForbiddenEnds = ["/..", "/."];

    /// <summary>Checks a path with its backend.</summary>
    public static void Path(JsonObject entry, FieldPath path, FieldErrors errors)
    {
        var text = entry.Text("path");
        var place = path.Child("path");
        switch (entry.TextOrNull("pathType"))
        {
            case null:
                errors.Required(path.Child("pathType"), "pathType must be specified");
                return;
            case "Exact" or "Prefix":
                Absolute(text, place, errors);
                Unambiguous(text, place, errors);
                break;
            case "ImplementationSpecific":
                if (text.Length > 0)
                {
                    Absolute(text, place, errors);
                }

                break;
            case { } other:
                errors.NotSupported(path.Child("pathType"), other, "Exact", "ImplementationSpecific", "Prefix");
                break;
        }

        Backend(entry.Object("backend"), path.Child("backend"), errors);
    }

    /// <summary>Checks a backend.</summary>
    public static void Backend(JsonObject? backend, FieldPath path, FieldErrors errors)
    {
        var resource = backend.Object("resource");
        var service = backend.Object("service");
        if (resource is not null && service is not null)
        {
            errors.Invalid(path, "", "cannot set both resource and service backends");
        }
        else if (resource is not null)
        {
            Reference(resource, path.Child("resource"), errors);
        }
        else if (service is not null)
        {
            Service(service, path, errors);
        }
        else
        {
            errors.Invalid(path, "", "resource or service backend is required");
        }
    }

    /// <summary>Checks a reference to an object of any kind.</summary>
    public static void Reference(JsonObject reference, FieldPath path, FieldErrors errors)
    {
        if (reference.TextOrNull("apiGroup") is { } group)
        {
            errors.InvalidAll(path.Child("apiGroup"), group, NameRules.Subdomain(group));
        }

        foreach (var member in (ReadOnlySpan<string>)["kind", "name"])
        {
            var text = reference.Text(member);
            if (text.Length == 0)
            {
                errors.Required(path.Child(member), $"{member} is required");
            }
            else
            {
                errors.InvalidAll(path.Child(member), text, NameRules.PathSegment(text));
            }
        }
    }

    private static void Service(JsonObject service, FieldPath path, FieldErrors errors)
    {
        var name = service.Text("name");
        var place = path.Child("service");
        if (name.Length == 0)
        {
            errors.Required(place.Child("name"));
        }
        else
        {
            errors.InvalidAll(place.Child("name"), name, NameRules.DnsLabel1035(name));
        }

        var portName = service.Object("port").Text("name");
        var number = service.Object("port").Number("number");
        if (portName.Length > 0 && number != 0)
        {
            errors.Invalid(path, "", "cannot set both port name & port number");
        }
        else if (portName.Length > 0)
        {
            errors.InvalidAll(place.Child("port", "name"), portName, NameRules.PortName(portName));
        }
        else if (number != 0)
        {
            errors.InRange(place.Child("port", "number"), number, 1, 65535);
        }
        else
        {
            errors.Required(path, "port name or number is required");
        }
    }

    private static void Absolute(string text, FieldPath path, FieldErrors errors)
    {
        if (!text.StartsWith('/'))
        {
            errors.Invalid(path, text, "must be an absolute path");
        }
    }

    private static void Unambiguous(string text, FieldPath path, FieldErrors errors)
    {
        foreach (var sequence in ForbiddenSequences)
        {
            if (text.Contains(sequence, StringComparison.Ordinal))
            {
                errors.Invalid(path, text, $"must not contain '{sequence}'");
            }
        }

        foreach (var end in ForbiddenEnds)
        {
            if (text.EndsWith(end, StringComparison.Ordinal))
            {
                errors.Invalid(path, text, $"cannot end with '{end}'");
            }
        }
    }
}
