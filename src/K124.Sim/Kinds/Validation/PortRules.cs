using K124.Sim.Text;

namespace K124.Sim.Kinds.Validation;

/// <summary>Rules of ports of services and of what stands behind them.</summary>
internal static class PortRules
{
    /// <summary>Checks a protocol; it must be there.</summary>
    public static void Protocol(string? protocol, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(protocol))
        {
            errors.Required(path);
        }
        else if (protocol is not ("SCTP" or "TCP" or "UDP"))
        {
            errors.NotSupported(path, protocol, "SCTP", "TCP", "UDP");
        }
    }

    /// <summary>Checks the name of an application's protocol, if there is one.</summary>
    public static void AppProtocol(string? name, FieldPath path, FieldErrors errors)
    {
        if (name is not null)
        {
            errors.InvalidAll(path, name, NameRules.QualifiedName(name));
        }
    }

    /// <summary>Checks the port of a service that a client calls, whose error is one text.</summary>
    public static void ServicePort(long port, FieldPath path, FieldErrors errors)
    {
        if (port is < 1 or > 65535)
        {
            errors.Invalid(path, port, "port is not valid: must be between 1 and 65535, inclusive");
        }
    }
}
