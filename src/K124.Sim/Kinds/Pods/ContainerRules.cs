using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of containers.</summary>
internal static class ContainerRules
{
    private const string MessagePolicyText = "must be 'File' or 'FallbackToLogsOnError'";
    private const string InitContainerText = "must not be set for init containers";
    private const string EphemeralText = "cannot be set for an Ephemeral Container";

    /// <summary>Checks the containers of a pod.</summary>
    public static void Containers(JsonArray? containers, PodScope scope, FieldPath path, FieldErrors errors)
    {
        if (containers.IsEmpty())
        {
            errors.Required(path);
            return;
        }

        All(containers, scope, path, errors);
    }

    /// <summary>Checks the containers that run before the others.</summary>
    public static void InitContainers(JsonObject spec, PodScope scope, FieldPath path, FieldErrors errors)
    {
        var list = spec.List("initContainers");
        if (list.IsEmpty())
        {
            return;
        }

        All(list, scope, path, errors);
        var names = Names(spec, "containers");
        var index = 0;
        foreach (var container in new JsonObjects(list))
        {
            var here = path.Index(index++);
            var name = container.Text("name");
            if (!names.Add(name))
            {
                errors.Duplicate(here.Child("name"), name);
            }

            foreach (var member in (ReadOnlySpan<string>)["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"])
            {
                if (container.Object(member) is { } handler)
                {
                    errors.InvalidValue(here.Child(member), handler, InitContainerText);
                }
            }
        }
    }

    /// <summary>Checks the containers that were added to a running pod.</summary>
    public static void EphemeralContainers(JsonObject spec, PodScope scope, FieldPath path, FieldErrors errors)
    {
        var list = spec.List("ephemeralContainers");
        if (list.IsEmpty())
        {
            return;
        }

        var names = Names(spec, "containers");
        names.UnionWith(Names(spec, "initContainers"));
        var index = 0;
        foreach (var container in new JsonObjects(list))
        {
            var here = path.Index(index++);
            var name = container.Text("name");
            if (!names.Add(name))
            {
                errors.Duplicate(here.Child("name"), name);
            }

            // The server checks each as if it were a list of one.
            One(container, scope, here.Index(0), [], errors);
            HostPorts(new(new JsonArray(container.DeepClone())), here, errors);
            if (container.Text("targetContainerName") is { Length: > 0 } target && spec.Objects("containers").FindBy("name", target) is null)
            {
                errors.NotFound(here.Child("targetContainerName"), target);
            }

            NotForEphemeral(container, here, errors);
            ImageBlanks(container, here, errors);
        }
    }

    /// <summary>Refuses blanks around the names of images.</summary>
    public static void ImageBlanks(JsonObjects containers, FieldPath path, FieldErrors errors)
    {
        var index = 0;
        foreach (var container in containers)
        {
            ImageBlanks(container, path.Index(index++), errors);
        }
    }

    /// <summary>Refuses blanks around the name of an image.</summary>
    public static void ImageBlanks(JsonObject container, FieldPath path, FieldErrors errors)
    {
        var image = container.Text("image");
        if (image.Length > 0 && image.Trim().Length != image.Length)
        {
            errors.Invalid(path.Child("image"), image, "must not have leading or trailing whitespace");
        }
    }

    private static void NotForEphemeral(JsonObject container, FieldPath path, FieldErrors errors)
    {
        foreach (var member in (ReadOnlySpan<string>)["ports", "resources", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"])
        {
            var value = container[member];
            if (value is not null && !(member is "ports" or "resources" && value.IsEmpty()))
            {
                errors.Forbidden(path.Child(member), EphemeralText);
            }
        }

        var index = 0;
        foreach (var mount in container.Objects("volumeMounts"))
        {
            foreach (var member in (ReadOnlySpan<string>)["subPath", "subPathExpr"])
            {
                if (mount.Text(member).Length > 0)
                {
                    errors.Forbidden(path.Child("volumeMounts").Index(index).Child(member), EphemeralText);
                }
            }

            index++;
        }
    }

    private static void All(JsonArray? list, PodScope scope, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var containers = new JsonObjects(list);
        for (var i = 0; i < containers.Count; i++)
        {
            One(containers[i], scope, path.Index(i), names, errors);
        }

        HostPorts(containers, path, errors);
    }

    private static void One(JsonObject container, PodScope scope, FieldPath path, HashSet<string> names, FieldErrors errors)
    {
        var name = container.Text("name");
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else
        {
            errors.InvalidAll(path.Child("name"), name, NameRules.DnsLabel(name));
        }

        if (!names.Add(name))
        {
            errors.Duplicate(path.Child("name"), name);
        }

        if (container.Text("image").Length == 0)
        {
            errors.Required(path.Child("image"));
        }

        Probes(container, path, errors);
        Ports(container.Objects("ports"), path.Child("ports"), errors);
        EnvironmentRules.Variables(container.Objects("env"), path.Child("env"), errors);
        EnvironmentRules.Sources(container.Objects("envFrom"), path.Child("envFrom"), errors);
        MountRules.Mounts(container, scope.Volumes, path.Child("volumeMounts"), errors);
        MountRules.Devices(container, scope.Volumes, path.Child("volumeDevices"), errors);
        PullPolicy(container.Text("imagePullPolicy"), path.Child("imagePullPolicy"), errors);
        if (container.Object("resources") is { } resources)
        {
            ResourceRules.Requirements(resources, path.Child("resources"), errors);
        }

        SecurityRules.Container(container.Object("securityContext"), scope.AllowsPrivileged, path.Child("securityContext"), errors);
    }

    private static void Probes(JsonObject container, FieldPath path, FieldErrors errors)
    {
        var lifecycle = container.Object("lifecycle");
        ProbeRules.Handler(lifecycle.Object("postStart"), path.Child("lifecycle", "postStart"), errors);
        ProbeRules.Handler(lifecycle.Object("preStop"), path.Child("lifecycle", "preStop"), errors);
        var liveness = container.Object("livenessProbe");
        var readiness = container.Object("readinessProbe");
        var startup = container.Object("startupProbe");
        ProbeRules.Probe(liveness, path.Child("livenessProbe"), errors);
        if (readiness.NumberOrNull("terminationGracePeriodSeconds") is { } grace)
        {
            errors.Invalid(path.Child("readinessProbe", "terminationGracePeriodSeconds"), grace, "must not be set for readinessProbes");
        }

        ProbeRules.Probe(startup, path.Child("startupProbe"), errors);
        ProbeRules.SucceedsAtOnce(liveness, path.Child("livenessProbe"), errors);
        ProbeRules.Probe(startup, path.Child("startupProbe"), errors);
        ProbeRules.SucceedsAtOnce(startup, path.Child("startupProbe"), errors);
        switch (container.Text("terminationMessagePolicy"))
        {
            case "File" or "FallbackToLogsOnError":
                break;
            case "":
                errors.Required(path.Child("terminationMessagePolicy"), MessagePolicyText);
                break;
            case var other:
                errors.Invalid(path.Child("terminationMessagePolicy"), other, MessagePolicyText);
                break;
        }

        ProbeRules.Probe(readiness, path.Child("readinessProbe"), errors);
    }

    private static void Ports(JsonObjects ports, FieldPath path, FieldErrors errors)
    {
        HashSet<string>? names = null;
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            var here = path.Index(i);
            if (port.Text("name") is { Length: > 0 } name)
            {
                var texts = NameRules.PortName(name);
                errors.InvalidAll(here.Child("name"), name, texts);
                if (texts.Length == 0 && !(names ??= new(StringComparer.Ordinal)).Add(name))
                {
                    errors.Duplicate(here.Child("name"), name);
                }
            }

            if (port.Number("containerPort") == 0)
            {
                errors.Required(here.Child("containerPort"));
            }
            else
            {
                ProbeRules.PortNumber(port.Number("containerPort"), here.Child("containerPort"), errors);
            }

            if (port.Number("hostPort") != 0)
            {
                ProbeRules.PortNumber(port.Number("hostPort"), here.Child("hostPort"), errors);
            }

            ProbeRules.Protocol(port.Text("protocol"), here.Child("protocol"), errors);
        }
    }

    private static void HostPorts(JsonObjects containers, FieldPath path, FieldErrors errors)
    {
        HashSet<string>? taken = null;
        for (var i = 0; i < containers.Count; i++)
        {
            var ports = containers[i].Objects("ports");
            for (var j = 0; j < ports.Count; j++)
            {
                var number = ports[j].Number("hostPort");
                if (number == 0)
                {
                    continue;
                }

                var key = string.Create(CultureInfo.InvariantCulture, $"{ports[j].Text("protocol")}/{ports[j].Text("hostIP")}/{number}");
                if (!(taken ??= new(StringComparer.Ordinal)).Add(key))
                {
                    errors.Duplicate(path.Index(i).Child("ports").Index(j).Child("hostPort"), key);
                }
            }
        }
    }

    private static void PullPolicy(string policy, FieldPath path, FieldErrors errors)
    {
        switch (policy)
        {
            case "Always" or "IfNotPresent" or "Never":
                break;
            case "":
                errors.Required(path);
                break;
            default:
                errors.NotSupported(path, policy, "Always", "IfNotPresent", "Never");
                break;
        }
    }

    private static HashSet<string> Names(JsonObject spec, string list)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var container in spec.Objects(list))
        {
            names.Add(container.Text("name"));
        }

        return names;
    }
}
