using System.Text.Json.Nodes;
using K124.Sim.Kinds.Validation;
using K124.Sim.Text;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of the volumes of pods.</summary>
internal static class VolumeRules
{
    private const string MoreThanOne = "may not specify more than 1 volume type";

    // The order in which the server looks at the sources, and how it spells them where one is too many.
    private static readonly (string Member, string Spelling)[] Sources =
    [
        ("emptyDir", "emptyDir"), ("hostPath", "hostPath"), ("gitRepo", "gitRepo"), ("gcePersistentDisk", "gcePersistentDisk"),
        ("awsElasticBlockStore", "awsElasticBlockStore"), ("secret", "secret"), ("nfs", "nfs"), ("iscsi", "iscsi"), ("glusterfs", "glusterfs"),
        ("flocker", "flocker"), ("persistentVolumeClaim", "persistentVolumeClaim"), ("rbd", "rbd"), ("cinder", "cinder"), ("cephfs", "cephFS"),
        ("quobyte", "quobyte"), ("downwardAPI", "downwarAPI"), ("fc", "fc"), ("flexVolume", "flexVolume"), ("configMap", "configMap"),
        ("azureFile", "azureFile"), ("vsphereVolume", "vsphereVolume"), ("photonPersistentDisk", "photonPersistentDisk"),
        ("portworxVolume", "portworxVolume"), ("azureDisk", "azureDisk"), ("storageos", "storageos"), ("projected", "projected"),
        ("scaleIO", "scaleIO"), ("csi", "csi"), ("ephemeral", "ephemeral"),
    ];

    /// <summary>Checks volumes.</summary>
    /// <returns>Those without errors, by name.</returns>
    public static Dictionary<string, JsonObject> Volumes(JsonObjects volumes, string podName, FieldPath path, FieldErrors errors)
    {
        var valid = new Dictionary<string, JsonObject>(volumes.Count, StringComparer.Ordinal);
        for (var i = 0; i < volumes.Count; i++)
        {
            var volume = volumes[i];
            var here = path.Index(i);
            var before = errors.Count;
            var name = volume.Text("name");
            Source(volume, name, podName, here, errors);
            if (name.Length == 0)
            {
                errors.Required(here.Child("name"));
            }
            else
            {
                errors.InvalidAll(here.Child("name"), name, NameRules.DnsLabel(name));
            }

            if (valid.ContainsKey(name))
            {
                errors.Duplicate(here.Child("name"), name);
            }

            if (errors.Count == before)
            {
                valid.Add(name, volume);
            }

            ClaimOfEphemeral(volumes, volume, podName, here, errors);
        }

        return valid;
    }

    private static void ClaimOfEphemeral(JsonObjects volumes, JsonObject volume, string podName, FieldPath path, FieldErrors errors)
    {
        var claim = volume.Object("persistentVolumeClaim").Text("claimName");
        if (claim.Length == 0 || podName.Length == 0)
        {
            return;
        }

        foreach (var other in volumes)
        {
            if (other.Has("ephemeral") && $"{podName}-{other.Text("name")}" == claim)
            {
                errors.Invalid(path.Child("persistentVolumeClaim", "claimName"), claim, "must not reference a PVC that gets created for an ephemeral volume");
                return;
            }
        }
    }

    private static void Source(JsonObject volume, string name, string podName, FieldPath path, FieldErrors errors)
    {
        var count = 0;

        // Nearly every volume has one source only, so the members are walked, not the table.
        if (volume.Count == 2 && volume.Has("name"))
        {
            foreach (var (member, source) in volume)
            {
                if (member != "name" && source is JsonObject only)
                {
                    One(member, only, name, podName, path, errors);
                    return;
                }
            }
        }

        foreach (var (member, spelling) in Sources)
        {
            if (volume.Object(member) is not { } source)
            {
                continue;
            }

            if (count++ > 0)
            {
                errors.Forbidden(path.Child(spelling), MoreThanOne);
            }
            else
            {
                One(member, source, name, podName, path, errors);
            }
        }

        if (count == 0)
        {
            errors.Required(path, "must specify a volume type");
        }
    }

    private static void One(string member, JsonObject source, string name, string podName, FieldPath path, FieldErrors errors)
    {
        var here = path.Child(member == "gcePersistentDisk" ? "persistentDisk" : member);
        switch (member)
        {
            case "secret" or "configMap":
                FileRules.Keys(source, member == "secret" ? "secretName" : "name", here, errors);
                break;
            case "downwardAPI":
                FileRules.Downward(source, here, errors);
                break;
            case "projected":
                ProjectionRules.Projected(source, here, errors);
                break;
            case "ephemeral":
                EphemeralRules.Ephemeral(source, name, podName, path, errors);
                break;
            default:
                VolumeSourceRules.Check(member, source, name, path, here, errors);
                break;
        }
    }
}
