using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Admission;

/// <summary>Service accounts may list the secrets that their pods may use.</summary>
internal static class SecretLimit
{
    /// <summary>The first secret that a pod uses though its account does not list it.</summary>
    /// <param name="spec">Specification of the pod.</param>
    /// <param name="account">Its account.</param>
    /// <returns>What the server says of it; null if there is none.</returns>
    public static string? Problem(JsonObject spec, JsonObject account)
    {
        var name = account.Object("metadata").Text("name");
        var secrets = account.Objects("secrets");
        foreach (var volume in spec.Objects("volumes"))
        {
            var secret = volume.Object("secret").TextOrNull("secretName");
            if (secret is not null && secrets.FindBy("name", secret) is null)
            {
                return $"volume with secret.secretName=\"{secret}\" is not allowed because service account {name} does not reference that secret";
            }
        }

        foreach (var (list, word) in new[] { ("initContainers", "init container"), ("containers", "container") })
        {
            foreach (var container in spec.Objects(list))
            {
                if (InContainer(container, secrets) is { } found)
                {
                    return $"{word} {container.Text("name")} with envVar {found.Variable} referencing secret.secretName=\"{found.Secret}\" is not "
                        + $"allowed because service account {name} does not reference that secret";
                }
            }
        }

        var pullSecrets = account.Objects("imagePullSecrets");
        var used = spec.Objects("imagePullSecrets");
        for (var i = 0; i < used.Count; i++)
        {
            if (pullSecrets.FindBy("name", used[i].Text("name")) is null)
            {
                return $"imagePullSecrets[{i}].name=\"{used[i].Text("name")}\" is not allowed because service account {name} does not reference that "
                    + "imagePullSecret";
            }
        }

        return null;
    }

    private static (string Variable, string Secret)? InContainer(JsonObject container, JsonObjects secrets)
    {
        foreach (var variable in container.Objects("env"))
        {
            if (variable.Object("valueFrom", "secretKeyRef") is { } reference && secrets.FindBy("name", reference.Text("name")) is null)
            {
                return (variable.Text("name"), reference.Text("name"));
            }
        }

        return null;
    }
}
