using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Strategies;

/// <summary>Rules of where a webhook is: a URL or a service.</summary>
/// <remarks>Kubernetes 1.24 apiserver/pkg/util/webhook.</remarks>
internal static class WebhookClientRules
{
    private const string Form = "; desired format: https://host[/path]";

    /// <summary>Checks the place of a webhook.</summary>
    public static void Client(JsonObject? client, FieldPath path, FieldErrors errors)
    {
        var url = client.TextOrNull("url");
        var service = client.Object("service");
        if ((url is null) == (service is null))
        {
            errors.Required(path, "exactly one of url or service is required");
        }
        else if (url is not null)
        {
            Url(url, path.Child("url"), errors);
        }
        else
        {
            Service(service!, path.Child("service"), errors);
        }
    }

    private static void Url(string text, FieldPath path, FieldErrors errors)
    {
        if (!WebhookUrl.TryParse(text, out var url, out var wrong))
        {
            errors.Required(path, $"url must be a valid URL: {wrong}{Form}");
            return;
        }

        if (url.Scheme != "https")
        {
            errors.Invalid(path, url.Scheme, $"'https' is the only allowed URL scheme{Form}");
        }

        if (url.Host.Length == 0)
        {
            errors.Invalid(path, "", $"host must be provided{Form}");
        }

        Absent(url.User, "user information is not permitted in the URL", path, errors);
        Absent(url.Fragment, "fragments are not permitted in the URL", path, errors);
        Absent(url.Query, "query parameters are not permitted in the URL", path, errors);
    }

    private static void Absent(string part, string text, FieldPath path, FieldErrors errors)
    {
        if (part.Length > 0)
        {
            errors.Invalid(path, part, text);
        }
    }

    private static void Service(JsonObject service, FieldPath path, FieldErrors errors)
    {
        // 1.24 takes one for the other: the error names the member that is there.
        if (service.Text("namespace").Length == 0)
        {
            errors.Required(path.Child("name"), "service name is required");
        }

        if (service.Text("name").Length == 0)
        {
            errors.Required(path.Child("namespace"), "service namespace is required");
        }

        PortRules.ServicePort(service.Number("port"), path.Child("port"), errors);
        if (service.Text("path") is { Length: > 0 } urlPath and not "/")
        {
            UrlPath(urlPath, path.Child("path"), errors);
        }
    }

    private static void UrlPath(string text, FieldPath path, FieldErrors errors)
    {
        if (text == "//")
        {
            errors.Invalid(path, text, "segment[0] may not be empty");
            return;
        }

        if (!text.StartsWith('/'))
        {
            errors.Invalid(path, text, "must start with a '/'");
        }

        var inner = text[1..];
        var segments = (inner.EndsWith('/') ? inner[..^1] : inner).Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Length == 0)
            {
                errors.Invalid(path, text, $"segment[{i}] may not be empty");
                continue;
            }

            foreach (var wrong in NameRules.Subdomain(segments[i]))
            {
                errors.Invalid(path, text, $"segment[{i}]: {wrong}");
            }
        }
    }
}
