using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of what pods may say on which operating system.</summary>
internal static class OperatingSystemRules
{
    private const string NotOnWindows = "cannot be set for a windows pod";
    private const string NotOnLinux = "windows options cannot be set for a linux pod";

    private static readonly string[] ContainerMembers =
        ["seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged", "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup"];

    /// <summary>Checks pods whose containers run as processes of a Windows host.</summary>
    public static void HostProcess(JsonObject spec, bool allowsPrivileged, FieldPath path, FieldErrors errors)
    {
        var ofPod = HostProcessOf(spec);
        var count = 0;
        var hostCount = 0;
        foreach (var (container, here) in Containers(spec, path))
        {
            count++;
            var own = HostProcessOf(container);
            if (ofPod is not null && own is not null && ofPod != own)
            {
                errors.InvalidPrinted(
                    here.Child("securityContext", "windowsOptions").Child("hostProcess"), own.Value ? "true" : "false",
                    $"pod hostProcess value must be identical if both are specified, was {(ofPod.Value ? "true" : "false")}");
            }

            hostCount += (own ?? ofPod) == true ? 1 : 0;
        }

        if (hostCount == 0)
        {
            return;
        }

        if (hostCount != count)
        {
            errors.Invalid(path, "", "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        }

        if (!spec.Flag("hostNetwork"))
        {
            errors.InvalidPrinted(path.Child("hostNetwork"), "false", "hostNetwork must be true if pod contains any hostProcess containers");
        }

        if (!allowsPrivileged)
        {
            errors.Forbidden(path, "hostProcess containers are disallowed by cluster policy");
        }
    }

    /// <summary>Checks that a pod says nothing that its operating system does not know.</summary>
    public static void Os(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Object("os") is not { } os)
        {
            return;
        }

        switch (os.Text("name"))
        {
            case "":
                errors.Required(path.Child("os", "name"), "cannot be empty");
                break;
            case "linux":
                Linux(spec, path, errors);
                break;
            case "windows":
                Windows(spec, path, errors);
                break;
            case var other:
                errors.NotSupported(path.Child("os"), other, "linux", "windows");
                break;
        }
    }

    private static bool? HostProcessOf(JsonObject owner) => owner.Object("securityContext", "windowsOptions").FlagOrNull("hostProcess");

    private static void Linux(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Object("securityContext").Has("windowsOptions"))
        {
            errors.Forbidden(path.Child("securityContext", "windowsOptions"), NotOnLinux);
        }

        foreach (var (container, here) in Containers(spec, path))
        {
            if (container.Object("securityContext").Has("windowsOptions"))
            {
                errors.Forbidden(here.Child("securityContext", "windowsOptions"), NotOnLinux);
            }
        }
    }

    private static void Windows(JsonObject spec, FieldPath path, FieldErrors errors)
    {
        Refuse(spec.Object("securityContext"), path.Child("securityContext"), errors, "seLinuxOptions");
        Refuse(spec, path, errors, "hostPID", "hostIPC");
        Refuse(spec.Object("securityContext"), path.Child("securityContext"), errors, "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls");
        Refuse(spec, path, errors, "shareProcessNamespace");
        Refuse(spec.Object("securityContext"), path.Child("securityContext"), errors, "runAsUser", "runAsGroup", "supplementalGroups");
        foreach (var (container, here) in Containers(spec, path))
        {
            Refuse(container.Object("securityContext"), here.Child("securityContext"), errors, ContainerMembers);
        }
    }

    private static void Refuse(JsonObject? owner, FieldPath path, FieldErrors errors, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (owner.Has(member))
            {
                errors.Forbidden(path.Child(member), NotOnWindows);
            }
        }
    }

    /// <summary>All containers in the order in which the server visits them.</summary>
    private static IEnumerable<(JsonObject Container, FieldPath Path)> Containers(JsonObject spec, FieldPath path)
    {
        foreach (var list in (string[])["initContainers", "containers", "ephemeralContainers"])
        {
            var containers = spec.Objects(list);
            for (var i = 0; i < containers.Count; i++)
            {
                yield return (containers[i], path.Child(list).Index(i));
            }
        }
    }
}
