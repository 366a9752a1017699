using System.Buffers;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of security contexts.</summary>
internal static class SecurityRules
{
    private const long LargestId = int.MaxValue;
    private const int LongestSysctl = 253;

    private const string SysctlText = "must have at most 253 characters and match regex ([a-z0-9]([-_a-z0-9]*[a-z0-9])?\\.)*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";

    private const string NotInUsers = "\"/\\:;|=,+*?<>@[]";

    private static readonly SearchValues<char> UserExceptions = SearchValues.Create(NotInUsers);
    private static readonly SearchValues<char> NetBiosExceptions = SearchValues.Create("\\/:*?\"<>|");

    /// <summary>Checks the security context of a container.</summary>
    public static void Container(JsonObject? context, bool allowsPrivileged, FieldPath path, FieldErrors errors)
    {
        if (context is null)
        {
            return;
        }

        var isPrivileged = context.Flag("privileged");
        if (isPrivileged && !allowsPrivileged)
        {
            errors.Forbidden(path.Child("privileged"), "disallowed by cluster policy");
        }

        Id(context, "runAsUser", path, errors);
        Id(context, "runAsGroup", path, errors);
        if (context.TextOrNull("procMount") is { } mount && mount is not ("Default" or "Unmasked"))
        {
            errors.NotSupported(path.Child("procMount"), mount, "Default", "Unmasked");
        }

        Seccomp(context.Object("seccompProfile"), path.Child("seccompProfile"), errors);
        if (context.FlagOrNull("allowPrivilegeEscalation") == false)
        {
            Escalation(context, isPrivileged, path, errors);
        }

        Windows(context.Object("windowsOptions"), path.Child("windowsOptions"), errors);
    }

    /// <summary>Checks the security context of a pod.</summary>
    public static void Pod(JsonObject spec, FieldPath specPath, FieldErrors errors)
    {
        var path = specPath.Child("securityContext");
        var context = spec.Object("securityContext");
        if (spec.Flag("hostNetwork"))
        {
            HostNetworkPorts(spec, specPath.Child("containers"), errors);
        }

        Id(context, "fsGroup", path, errors);
        Id(context, "runAsUser", path, errors);
        Id(context, "runAsGroup", path, errors);
        if (context.List("supplementalGroups") is { } groups)
        {
            for (var i = 0; i < groups.Count; i++)
            {
                errors.InRange(path.Child("supplementalGroups").Index(i), JsonTree.AsNumber(groups[i]) ?? 0, 0, LargestId);
            }
        }

        if (spec.Flag("hostPID") && spec.Flag("shareProcessNamespace"))
        {
            errors.InvalidPrinted(path.Child("shareProcessNamespace"), "true", "ShareProcessNamespace and HostPID cannot both be enabled");
        }

        Sysctls(context.Objects("sysctls"), path.Child("sysctls"), errors);
        if (context.TextOrNull("fsGroupChangePolicy") is { } policy && policy is not ("Always" or "OnRootMismatch"))
        {
            errors.NotSupported(path.Child("fsGroupChangePolicy"), policy, "Always", "OnRootMismatch");
        }

        Seccomp(context.Object("seccompProfile"), path.Child("seccompProfile"), errors);
        Windows(context.Object("windowsOptions"), path.Child("windowsOptions"), errors);
    }

    private static void HostNetworkPorts(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        var containers = spec.Objects("containers");
        for (var i = 0; i < containers.Count; i++)
        {
            var ports = containers[i].Objects("ports");
            for (var j = 0; j < ports.Count; j++)
            {
                var port = ports[j].Number("containerPort");
                if (ports[j].Number("hostPort") != port)
                {
                    errors.Invalid(path.Index(i).Child("ports").Index(j).Child("containerPort"), port, "must match `hostPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void Id(JsonObject? context, string member, FieldPath path, FieldErrors errors)
    {
        if (context.NumberOrNull(member) is { } id && id is < 0 or > LargestId)
        {
            errors.InRange(path.Child(member), id, 0, LargestId);
        }
    }

    private static void Escalation(JsonObject context, bool isPrivileged, FieldPath path, FieldErrors errors)
    {
        if (isPrivileged)
        {
            errors.InvalidValue(path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }

        foreach (var capability in context.Object("capabilities").Texts("add"))
        {
            if (capability == "CAP_SYS_ADMIN")
            {
                errors.InvalidValue(path, context, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }
    }

    private static void Seccomp(JsonObject? profile, FieldPath path, FieldErrors errors)
    {
        if (profile is null)
        {
            return;
        }

        var type = profile.Text("type");
        if (type.Length == 0)
        {
            errors.Required(path.Child("type"), "type is required when seccompProfile is set");
        }
        else if (type is not ("Localhost" or "RuntimeDefault" or "Unconfined"))
        {
            errors.NotSupported(path.Child("type"), type, "Localhost", "RuntimeDefault", "Unconfined");
        }

        var local = profile.TextOrNull("localhostProfile");
        if (type == "Localhost")
        {
            if (local is null)
            {
                errors.Required(path.Child("localhostProfile"), "must be set when seccomp type is Localhost");
            }
            else
            {
                PathRules.Descending(local, path.Child("localhostProfile"), errors);
            }
        }
        else if (local is not null)
        {
            errors.InvalidValue(path.Child("localhostProfile"), profile, "can only be set when seccomp type is Localhost");
        }
    }

    private static void Sysctls(JsonObjects sysctls, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sysctls.Count; i++)
        {
            var name = sysctls[i].Text("name");
            var here = path.Index(i).Child("name");
            if (name.Length == 0)
            {
                errors.Required(here);
            }
            else if (!IsSysctl(name))
            {
                errors.Invalid(here, name, SysctlText);
            }
            else if (!names.Add(name))
            {
                errors.Duplicate(here, name);
            }
        }
    }

    private static bool IsSysctl(string name)
    {
        static bool IsEdge(char letter) => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter);
        return name.Length <= LongestSysctl && name.Split('.').All(part => part.Length > 0 && IsEdge(part[0]) && IsEdge(part[^1])
            && part.All(letter => IsEdge(letter) || letter is '-' or '_'));
    }

    private static void Windows(JsonObject? options, FieldPath path, FieldErrors errors)
    {
        const int LargestSpecKiB = 64;
        if (options is null)
        {
            return;
        }

        if (options.TextOrNull("gmsaCredentialSpecName") is { } name)
        {
            errors.InvalidAll(path.Child("gmsaCredentialSpecName"), name, NameRules.Subdomain(name));
        }

        if (options.TextOrNull("gmsaCredentialSpec") is { } credential)
        {
            if (credential.Length == 0)
            {
                errors.Invalid(path.Child("gmsaCredentialSpec"), credential, "gmsaCredentialSpec cannot be an empty string");
            }
            else if (NameRules.Utf8Length(credential) > LargestSpecKiB * 1024)
            {
                errors.Invalid(path.Child("gmsaCredentialSpec"), credential, $"gmsaCredentialSpec size must be under {LargestSpecKiB} KiB");
            }
        }

        if (options.TextOrNull("runAsUserName") is { } user)
        {
            UserName(user, path.Child("runAsUserName"), errors);
        }
    }

    private static void UserName(string text, FieldPath path, FieldErrors errors)
    {
        const int LongestUser = 104;
        const int LongestDomain = 255;
        if (text.Length == 0)
        {
            errors.Invalid(path, text, "runAsUserName cannot be an empty string");
            return;
        }

        if (text.Any(char.IsControl))
        {
            errors.Invalid(path, text, "runAsUserName cannot contain control characters");
        }

        var parts = text.Split('\\');
        if (parts.Length > 2)
        {
            errors.Invalid(path, text, "runAsUserName cannot contain more than one backslash");
            return;
        }

        if (parts.Length == 2)
        {
            if (parts[0].Length > LongestDomain)
            {
                errors.Invalid(path, text, $"runAsUserName's Domain length must be under {LongestDomain + 1} characters");
            }

            if (!IsNetBios(parts[0]) && !IsDomain(parts[0]))
            {
                errors.Invalid(path, text, "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
            }
        }

        var user = parts[^1];
        if (user.Length == 0)
        {
            errors.Invalid(path, text, "runAsUserName's User cannot be empty");
        }
        else if (user.Length > LongestUser)
        {
            errors.Invalid(path, text, $"runAsUserName's User length must not be longer than {LongestUser} characters");
        }

        if (user.AsSpan().IndexOfAny(UserExceptions) >= 0)
        {
            errors.Invalid(path, text, "runAsUserName's User cannot contain the following characters: " + NotInUsers);
        }

        if (user.Length > 0 && user.All(letter => letter is '.' or ' '))
        {
            errors.Invalid(path, text, "runAsUserName's User cannot contain only periods or spaces");
        }
    }

    private static bool IsNetBios(string domain) =>
        domain.Length is > 0 and <= 15 && domain[0] != '.' && domain.AsSpan().IndexOfAny(NetBiosExceptions) < 0;

    private static bool IsDomain(string domain) => domain.Length > 0 && domain.Split('.').All(label =>
        label.Length > 0 && char.IsAsciiLetterOrDigit(label[0]) && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));
}
