using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Pods;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Admission.PodSecurity;

/// <summary>The pod security standards: what a pod does that its level forbids.</summary>
/// <remarks>Kubernetes 1.24 pod-security-admission/policy.</remarks>
internal sealed class PodSecurityChecks
{
    private const int SeccompFieldMinor = 19;
    private const int RestrictedCapabilitiesMinor = 22;
    private const int RunAsUserMinor = 23;
    private const int EscalationMinor = 8;

    private static readonly HashSet<string> DefaultCapabilities = new(StringComparer.Ordinal)
    {
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID",
        "SYS_CHROOT",
    };

    private static readonly HashSet<string> SafeSysctls = new(StringComparer.Ordinal)
    {
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies",
        "net.ipv4.ping_group_range",
    };

    private static readonly HashSet<string> SafeVolumes = new(StringComparer.Ordinal)
    {
        "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret",
    };

    private readonly JsonObject? _annotations;
    private readonly JsonObject _spec;
    private readonly List<JsonObject> _containers = [];
    private readonly List<(string Reason, string Detail)> _problems = [];

    private PodSecurityChecks(JsonObject? metadata, JsonObject spec)
    {
        _annotations = metadata.Object("annotations");
        _spec = spec;
        foreach (var list in (ReadOnlySpan<string>)["initContainers", "containers", "ephemeralContainers"])
        {
            foreach (var container in spec.Objects(list))
            {
                _containers.Add(container);
            }
        }
    }

    private JsonObject? PodContext => _spec.Object("securityContext");

    /// <summary>What a pod does that a policy forbids: a reason and a detail each, in the server's order.</summary>
    public static IReadOnlyList<(string Reason, string Detail)> Evaluate(PodSecurityPolicy policy, JsonObject? metadata, JsonObject? spec)
    {
        if (policy.IsPrivileged)
        {
            return [];
        }

        var checks = new PodSecurityChecks(metadata, spec ?? []);
        checks.Baseline(policy);
        if (policy.IsRestricted)
        {
            checks.Restricted(policy);
        }

        return checks._problems;
    }

    private void Baseline(PodSecurityPolicy policy)
    {
        AppArmor();
        if (!policy.IsRestricted || policy.Minor < RestrictedCapabilitiesMinor)
        {
            Capabilities();
        }

        HostNamespaces();
        if (!policy.IsRestricted)
        {
            HostPaths();
        }

        HostPorts();
        Each("privileged", container => Context(container).Flag("privileged"), "must not set securityContext.privileged=true");
        ProcMount();
        SELinux();
        if (policy.Minor < SeccompFieldMinor)
        {
            SeccompAnnotations();
        }
        else if (!policy.IsRestricted)
        {
            Setters("seccompProfile", "must not set securityContext.seccompProfile.type to \"Unconfined\"", IsUnconfined);
        }

        Sysctls();
        Setters("hostProcess", "must not set securityContext.windowsOptions.hostProcess=true", context => context.Object("windowsOptions").Flag("hostProcess"));
    }

    private void Restricted(PodSecurityPolicy policy)
    {
        if (policy.Minor >= EscalationMinor)
        {
            Each(
                "allowPrivilegeEscalation != false", container => Context(container).FlagOrNull("allowPrivilegeEscalation") != false,
                "must set securityContext.allowPrivilegeEscalation=false");
        }

        if (policy.Minor >= RestrictedCapabilitiesMinor)
        {
            RestrictedCapabilities();
        }

        RestrictedVolumes();
        RunAsNonRoot();
        if (policy.Minor >= RunAsUserMinor)
        {
            Setters("runAsUser=0", "must not set runAsUser=0", context => context.NumberOrNull("runAsUser") == 0);
        }

        if (policy.Minor >= SeccompFieldMinor)
        {
            RestrictedSeccomp();
        }
    }

    private void AppArmor()
    {
        var forbidden = new List<string>();
        foreach (var (key, value) in _annotations ?? [])
        {
            var profile = JsonTree.AsText(value) ?? "";
            if (key.StartsWith(PodAnnotationRules.AppArmorPrefix, StringComparison.Ordinal)
                && profile is not ("" or "runtime/default") && !profile.StartsWith("localhost/", StringComparison.Ordinal))
            {
                forbidden.Add($"{key}={GoText.Quote(profile)}");
            }
        }

        if (forbidden.Count > 0)
        {
            forbidden.Sort(StringComparer.Ordinal);
            Add(forbidden.Count == 1 ? "forbidden AppArmor profile" : "forbidden AppArmor profiles", string.Join(", ", forbidden));
        }
    }

    private void Capabilities()
    {
        if (AddedCapabilities(DefaultCapabilities) is { } detail)
        {
            Add("non-default capabilities", detail);
        }
    }

    private string? AddedCapabilities(HashSet<string> allowed)
    {
        var forbidden = new SortedSet<string>(StringComparer.Ordinal);
        var bad = new List<string>();
        foreach (var container in _containers)
        {
            var own = Context(container).Object("capabilities").Texts("add").Where(name => !allowed.Contains(name)).ToArray();
            if (own.Length > 0)
            {
                forbidden.UnionWith(own);
                bad.Add(container.Text("name"));
            }
        }

        return bad.Count == 0 ? null : $"{ContainersText(bad)} must not include {Quoted(forbidden)} in securityContext.capabilities.add";
    }

    private void HostNamespaces()
    {
        var used = ((string[])["hostNetwork", "hostPID", "hostIPC"]).Where(member => _spec.Flag(member)).Select(member => member + "=true").ToArray();
        if (used.Length > 0)
        {
            Add("host namespaces", string.Join(", ", used));
        }
    }

    private void HostPaths()
    {
        var names = new List<string>();
        foreach (var volume in _spec.Objects("volumes"))
        {
            if (volume.Has("hostPath"))
            {
                names.Add(volume.Text("name"));
            }
        }

        if (names.Count > 0)
        {
            Add("hostPath volumes", $"{Plural("volume", names.Count)} {Quoted(names)}");
        }
    }

    private void HostPorts()
    {
        var bad = new List<string>();
        var ports = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var container in _containers)
        {
            var count = ports.Count;
            var uses = false;
            foreach (var port in container.Objects("ports"))
            {
                if (port.Number("hostPort") != 0)
                {
                    uses = true;
                    ports.Add(port.Number("hostPort").ToString(CultureInfo.InvariantCulture));
                }
            }

            if (uses || ports.Count > count)
            {
                bad.Add(container.Text("name"));
            }
        }

        if (bad.Count > 0)
        {
            Add("hostPort", $"{ContainersText(bad)} {(bad.Count == 1 ? "uses" : "use")} {Plural("hostPort", ports.Count)} {string.Join(", ", ports)}");
        }
    }

    private void ProcMount()
    {
        var bad = new List<string>();
        var values = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var container in _containers)
        {
            if (Context(container).TextOrNull("procMount") is { } value and not "Default")
            {
                bad.Add(container.Text("name"));
                values.Add(value);
            }
        }

        if (bad.Count > 0)
        {
            Add("procMount", $"{ContainersText(bad)} must not set securityContext.procMount to {Quoted(values)}");
        }
    }

    private void SELinux()
    {
        var types = new SortedSet<string>(StringComparer.Ordinal);
        var hasUser = false;
        var hasRole = false;
        bool IsBad(JsonObject? context)
        {
            var options = context.Object("seLinuxOptions");
            var isBadType = options.Text("type") is not ("" or "container_t" or "container_init_t" or "container_kvm_t");
            if (isBadType)
            {
                types.Add(options.Text("type"));
            }

            hasUser |= options.Text("user").Length > 0;
            hasRole |= options.Text("role").Length > 0;
            return isBadType || options.Text("user").Length > 0 || options.Text("role").Length > 0;
        }

        var setters = SettersText(IsBad);
        if (setters.Length == 0)
        {
            return;
        }

        var data = new List<string>();
        if (types.Count > 0)
        {
            data.Add($"{Plural("type", types.Count)} {Quoted(types)}");
        }

        if (hasUser)
        {
            data.Add("user may not be set");
        }

        if (hasRole)
        {
            data.Add("role may not be set");
        }

        Add("seLinuxOptions", $"{setters} set forbidden securityContext.seLinuxOptions: {string.Join("; ", data)}");
    }

    private void SeccompAnnotations()
    {
        var forbidden = new List<string>();
        foreach (var (key, value) in _annotations ?? [])
        {
            var isMeant = key == SeccompSkew.PodKey || key.StartsWith(SeccompSkew.ContainerPrefix, StringComparison.Ordinal);
            var profile = JsonTree.AsText(value) ?? "";
            if (isMeant && profile is not ("" or "runtime/default" or "docker/default") && !profile.StartsWith("localhost/", StringComparison.Ordinal))
            {
                forbidden.Add($"{key}={GoText.Quote(profile)}");
            }
        }

        if (forbidden.Count > 0)
        {
            forbidden.Sort(StringComparer.Ordinal);
            Add("seccompProfile", $"forbidden {Plural("annotation", forbidden.Count)} {string.Join(", ", forbidden)}");
        }
    }

    private void Sysctls()
    {
        var forbidden = new List<string>();
        foreach (var sysctl in PodContext.Objects("sysctls"))
        {
            if (!SafeSysctls.Contains(sysctl.Text("name")))
            {
                forbidden.Add(sysctl.Text("name"));
            }
        }

        if (forbidden.Count > 0)
        {
            Add("forbidden sysctls", string.Join(", ", forbidden));
        }
    }

    private void RestrictedCapabilities()
    {
        var details = new List<string>();
        var missing = Names(container => !Context(container).Object("capabilities").Texts("drop").Contains("ALL"));
        if (missing.Count > 0)
        {
            details.Add($"{ContainersText(missing)} must set securityContext.capabilities.drop=[\"ALL\"]");
        }

        if (AddedCapabilities(["NET_BIND_SERVICE"]) is { } added)
        {
            details.Add(added);
        }

        if (details.Count > 0)
        {
            Add("unrestricted capabilities", string.Join("; ", details));
        }
    }

    private void RestrictedVolumes()
    {
        var names = new List<string>();
        var types = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var volume in _spec.Objects("volumes"))
        {
            var sources = volume.Select(member => member.Key).Where(member => member != "name").ToArray();
            if (sources.Any(SafeVolumes.Contains))
            {
                continue;
            }

            names.Add(volume.Text("name"));
            types.Add(sources.FirstOrDefault() ?? "unknown");
        }

        if (names.Count > 0)
        {
            Add(
                "restricted volume types",
                $"{Plural("volume", names.Count)} {Quoted(names)} {(names.Count == 1 ? "uses" : "use")} {Plural("restricted volume type", types.Count)} {Quoted(types)}");
        }
    }

    private void RunAsNonRoot()
    {
        const string Reason = "runAsNonRoot != true";
        if (SettersText(context => context.FlagOrNull("runAsNonRoot") == false) is { Length: > 0 } setters)
        {
            Add(Reason, $"{setters} must not set securityContext.runAsNonRoot=false");
            return;
        }

        var silent = PodContext.Flag("runAsNonRoot") ? [] : Names(container => Context(container).FlagOrNull("runAsNonRoot") is null);
        if (silent.Count > 0)
        {
            Add(Reason, $"pod or {ContainersText(silent)} must set securityContext.runAsNonRoot=true");
        }
    }

    private void RestrictedSeccomp()
    {
        const string Reason = "seccompProfile";
        var values = new SortedSet<string>(StringComparer.Ordinal);
        bool IsBad(JsonObject? context)
        {
            if (context.Object("seccompProfile") is not { } profile || profile.Text("type") is "RuntimeDefault" or "Localhost")
            {
                return false;
            }

            values.Add(profile.Text("type"));
            return true;
        }

        if (SettersText(IsBad) is { Length: > 0 } setters)
        {
            Add(Reason, $"{setters} must not set securityContext.seccompProfile.type to {Quoted(values)}");
            return;
        }

        var silent = PodContext.Has("seccompProfile") ? [] : Names(container => !Context(container).Has("seccompProfile"));
        if (silent.Count > 0)
        {
            Add(Reason, $"pod or {ContainersText(silent)} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"");
        }
    }

    private void Each(string reason, Func<JsonObject, bool> isBad, string what)
    {
        var bad = Names(isBad);
        if (bad.Count > 0)
        {
            Add(reason, $"{ContainersText(bad)} {what}");
        }
    }

    private void Setters(string reason, string what, Func<JsonObject?, bool> isBad)
    {
        if (SettersText(isBad) is { Length: > 0 } setters)
        {
            Add(reason, $"{setters} {what}");
        }
    }

    private string SettersText(Func<JsonObject?, bool> isBad)
    {
        var setters = new List<string>();
        if (isBad(PodContext))
        {
            setters.Add("pod");
        }

        var containers = Names(container => isBad(Context(container)));
        if (containers.Count > 0)
        {
            setters.Add(ContainersText(containers));
        }

        return string.Join(" and ", setters);
    }

    private List<string> Names(Func<JsonObject, bool> condition) =>
        [.. _containers.Where(condition).Select(container => container.Text("name"))];

    private static bool IsUnconfined(JsonObject? context) => context.Object("seccompProfile").Text("type") == "Unconfined";

    private static JsonObject? Context(JsonObject container) => container.Object("securityContext");

    private static string ContainersText(List<string> names) => $"{Plural("container", names.Count)} {Quoted(names)}";

    private static string Plural(string word, int count) => count == 1 ? word : word + "s";

    private static string Quoted(IEnumerable<string> texts) => string.Join(", ", texts.Select(GoText.Quote));

    private void Add(string reason, string detail) => _problems.Add((reason, detail));
}
