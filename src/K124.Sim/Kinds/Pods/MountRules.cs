using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of mounts and devices in containers.</summary>
internal static class MountRules
{
    /// <summary>Checks the mounts of a container.</summary>
    public static void Mounts(JsonObject container, Dictionary<string, JsonObject> volumes, FieldPath path, FieldErrors errors)
    {
        var mounts = container.Objects("volumeMounts");
        if (mounts.Count == 0)
        {
            return;
        }

        var devices = container.Objects("volumeDevices");
        var points = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < mounts.Count; i++)
        {
            var mount = mounts[i];
            var here = path.Index(i);
            var name = mount.Text("name");
            var point = mount.Text("mountPath");
            if (name.Length == 0)
            {
                errors.Required(here.Child("name"));
            }

            if (!volumes.ContainsKey(name))
            {
                errors.NotFound(here.Child("name"), name);
            }

            if (point.Length == 0)
            {
                errors.Required(here.Child("mountPath"));
            }

            if (!points.Add(point))
            {
                errors.Invalid(here.Child("mountPath"), point, "must be unique");
            }

            if (devices.FindBy("name", name) is not null)
            {
                errors.Invalid(here.Child("name"), name, "must not already exist in volumeDevices");
            }

            if (devices.FindBy("devicePath", point) is not null)
            {
                errors.Invalid(here.Child("mountPath"), point, "must not already exist as a path in volumeDevices");
            }

            SubPaths(mount, here, path, errors);
            if (mount.TextOrNull("mountPropagation") is { } propagation)
            {
                Propagation(propagation, container, path.Child("mountPropagation"), errors);
            }
        }
    }

    /// <summary>Checks the devices of a container.</summary>
    public static void Devices(JsonObject container, Dictionary<string, JsonObject> volumes, FieldPath path, FieldErrors errors)
    {
        var devices = container.Objects("volumeDevices");
        var mounts = container.Objects("volumeMounts");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var points = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < devices.Count; i++)
        {
            var here = path.Index(i);
            DeviceName(devices[i].Text("name"), names, volumes, here.Child("name"), errors);
            DevicePath(devices[i].Text("devicePath"), points, here.Child("devicePath"), errors);
            if (mounts.FindBy("name", devices[i].Text("name")) is not null)
            {
                errors.Invalid(here.Child("name"), devices[i].Text("name"), "must not already exist in volumeMounts");
            }

            if (mounts.FindBy("mountPath", devices[i].Text("devicePath")) is not null)
            {
                errors.Invalid(here.Child("devicePath"), devices[i].Text("devicePath"), "must not already exist as a path in volumeMounts");
            }
        }
    }

    // These paths lack the index of the mount.
    private static void SubPaths(JsonObject mount, FieldPath here, FieldPath list, FieldErrors errors)
    {
        var subPath = mount.Text("subPath");
        if (subPath.Length > 0)
        {
            PathRules.Descending(subPath, list.Child("subPath"), errors);
        }

        var expression = mount.Text("subPathExpr");
        if (expression.Length > 0)
        {
            if (subPath.Length > 0)
            {
                errors.Invalid(here.Child("subPathExpr"), expression, "subPathExpr and subPath are mutually exclusive");
            }

            PathRules.Descending(expression, list.Child("subPathExpr"), errors);
        }
    }

    private static void Propagation(string propagation, JsonObject container, FieldPath path, FieldErrors errors)
    {
        if (propagation is not ("Bidirectional" or "HostToContainer" or "None"))
        {
            errors.NotSupported(path, propagation, "Bidirectional", "HostToContainer", "None");
        }

        if (propagation == "Bidirectional" && !container.Object("securityContext").Flag("privileged"))
        {
            errors.Forbidden(path, "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private static void DeviceName(string name, HashSet<string> names, Dictionary<string, JsonObject> volumes, FieldPath path, FieldErrors errors)
    {
        var isKnown = volumes.TryGetValue(name, out var volume);
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else if (!names.Add(name))
        {
            errors.Invalid(path, name, "must be unique");
        }

        if (!isKnown)
        {
            errors.NotFound(path, name);
        }
        else if (!volume.Has("persistentVolumeClaim") && !volume.Has("ephemeral"))
        {
            errors.Invalid(path, name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        }
    }

    private static void DevicePath(string point, HashSet<string> points, FieldPath path, FieldErrors errors)
    {
        if (point.Length == 0)
        {
            errors.Required(path);
        }

        if (points.Contains(point))
        {
            errors.Invalid(path, point, "must be unique");
        }

        if (PathRules.HasBackstep(point))
        {
            errors.Invalid(path, point, "can not contain backsteps ('..')");
        }
        else
        {
            points.Add(point);
        }
    }
}
