using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of probes, of handlers of the lifecycle, and of ports.</summary>
internal static class ProbeRules
{
    private const int LargestPort = 65535;

    /// <summary>Checks a probe.</summary>
    public static void Probe(JsonObject? probe, FieldPath path, FieldErrors errors)
    {
        if (probe is null)
        {
            return;
        }

        Handler(probe, path, errors);
        foreach (var member in (ReadOnlySpan<string>)["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"])
        {
            var value = probe.Number(member);
            if (value < 0)
            {
                errors.NotNegative(path.Child(member), value);
            }
        }

        if (probe.NumberOrNull("terminationGracePeriodSeconds") is { } grace and <= 0)
        {
            errors.Invalid(path.Child("terminationGracePeriodSeconds"), grace, "must be greater than 0");
        }
    }

    /// <summary>Demands that one success suffices.</summary>
    public static void SucceedsAtOnce(JsonObject? probe, FieldPath path, FieldErrors errors)
    {
        if (probe is not null && probe.Number("successThreshold") != 1)
        {
            errors.Invalid(path.Child("successThreshold"), probe.Number("successThreshold"), "must be 1");
        }
    }

    /// <summary>Checks what a probe or a handler does.</summary>
    public static void Handler(JsonObject? handler, FieldPath path, FieldErrors errors)
    {
        if (handler is null)
        {
            return;
        }

        var count = 0;
        foreach (var kind in (ReadOnlySpan<string>)["exec", "httpGet", "tcpSocket", "grpc"])
        {
            if (handler.Object(kind) is not { } action)
            {
                continue;
            }

            if (count > 0)
            {
                errors.Forbidden(path.Child(kind), "may not specify more than 1 handler type");
                continue;
            }

            count++;
            Action(kind, action, path.Child(kind), errors);
        }

        if (count == 0)
        {
            errors.Required(path, "must specify a handler type");
        }
    }

    /// <summary>Checks the number of a port.</summary>
    public static void PortNumber(long port, FieldPath path, FieldErrors errors) => errors.InRange(path, port, 1, LargestPort);

    /// <summary>Checks a port that is a number or a name.</summary>
    public static void PortNumberOrName(JsonNode? port, FieldPath path, FieldErrors errors)
    {
        if (JsonTree.AsText(port) is { } name)
        {
            errors.InvalidAll(path, name, NameRules.PortName(name));
        }
        else
        {
            PortNumber(JsonTree.AsNumber(port) ?? 0, path, errors);
        }
    }

    /// <summary>Checks the protocol of a port.</summary>
    public static void Protocol(string protocol, FieldPath path, FieldErrors errors)
    {
        if (protocol.Length == 0)
        {
            errors.Required(path);
        }
        else if (protocol is not ("TCP" or "UDP" or "SCTP"))
        {
            errors.NotSupported(path, protocol, "SCTP", "TCP", "UDP");
        }
    }

    private static void Action(string kind, JsonObject action, FieldPath path, FieldErrors errors)
    {
        switch (kind)
        {
            case "exec":
                if (action.Count("command") == 0)
                {
                    errors.Required(path.Child("command"));
                }

                break;
            case "httpGet":
                HttpGet(action, path, errors);
                break;
            case "grpc":
                PortNumber(action.Number("port"), path.Child("port"), errors);
                break;
            default:
                PortNumberOrName(action["port"], path.Child("port"), errors);
                break;
        }
    }

    private static void HttpGet(JsonObject action, FieldPath path, FieldErrors errors)
    {
        if (action.Text("path").Length == 0)
        {
            errors.Required(path.Child("path"));
        }

        PortNumberOrName(action["port"], path.Child("port"), errors);
        if (action.Text("scheme") is not ("HTTP" or "HTTPS"))
        {
            errors.NotSupported(path.Child("scheme"), action.Text("scheme"), "HTTP", "HTTPS");
        }

        foreach (var header in action.Objects("httpHeaders"))
        {
            errors.InvalidAll(path.Child("httpHeaders"), header.Text("name"), NameRules.HttpHeader(header.Text("name")));
        }
    }
}
