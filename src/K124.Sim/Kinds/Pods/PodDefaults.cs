using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Pods;

/// <summary>Defaults of pods and of the pods that templates describe.</summary>
/// <remarks>Kubernetes 1.24 pkg/apis/core/v1.</remarks>
internal static class PodDefaults
{
    private const long GraceSeconds = 30;

    /// <summary>Fills a pod.</summary>
    /// <param name="pod">The pod.</param>
    public static void FillPod(JsonObject pod)
    {
        var spec = pod.Ensure("spec");
        FillSpec(spec);
        spec.Default("enableServiceLinks", true);
        foreach (var container in spec.Objects("containers"))
        {
            RequestLimits(container);
        }

        foreach (var container in spec.Objects("initContainers"))
        {
            RequestLimits(container);
        }

        FillStatus(pod.Object("status"));
    }

    /// <summary>Fills a template.</summary>
    /// <param name="template">The template.</param>
    public static void FillTemplate(JsonObject template) => FillSpec(template.Ensure("spec"));

    /// <summary>Fills a specification.</summary>
    /// <param name="spec">The specification.</param>
    public static void FillSpec(JsonObject spec)
    {
        MirrorServiceAccount(spec);
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("restartPolicy", "Always");
        if (!spec.ContainsKey("securityContext"))
        {
            spec["securityContext"] = new JsonObject();
        }

        spec.Default("terminationGracePeriodSeconds", GraceSeconds);
        spec.Default("schedulerName", "default-scheduler");
        foreach (var volume in spec.Objects("volumes"))
        {
            VolumeDefaults.Fill(volume);
        }

        var isOnHostNetwork = spec.Flag("hostNetwork");
        foreach (var list in (ReadOnlySpan<string>)["initContainers", "containers", "ephemeralContainers"])
        {
            foreach (var container in spec.Objects(list))
            {
                ContainerDefaults.Fill(container, isOnHostNetwork);
            }
        }
    }

    // The list of addresses and the single one tell the same; where they do not, the single one is right.
    private static void FillStatus(JsonObject? status)
    {
        if (status is null)
        {
            return;
        }

        var ip = status.Text("podIP");
        var first = status.Objects("podIPs") is { Count: > 0 } ips ? ips[0].Text("ip") : null;
        if (ip.Length > 0 && ip != first)
        {
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = ip });
        }
        else if (ip.Length == 0 && first is not null)
        {
            status.Set("podIP", first);
        }
    }

    private static void MirrorServiceAccount(JsonObject spec)
    {
        var name = spec.Text("serviceAccountName") is { Length: > 0 } given ? given : spec.Text("serviceAccount");
        spec.Set("serviceAccountName", name);
        spec.Set("serviceAccount", name);
    }

    private static void RequestLimits(JsonObject container)
    {
        if (container.Object("resources", "limits") is not { Count: > 0 } limits)
        {
            return;
        }

        var requests = container.Ensure("resources").Ensure("requests");
        foreach (var (name, value) in limits)
        {
            if (!requests.ContainsKey(name))
            {
                requests.Add(name, value!.DeepClone());
            }
        }
    }
}
