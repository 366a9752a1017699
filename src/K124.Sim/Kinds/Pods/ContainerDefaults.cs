using System.Text.Json.Nodes;

namespace K124.Sim.Kinds.Pods;

/// <summary>Defaults of containers.</summary>
internal static class ContainerDefaults
{
    /// <summary>Fills a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="isOnHostNetwork">Whether its pod uses the network of the host.</param>
    public static void Fill(JsonObject container, bool isOnHostNetwork)
    {
        container.Default("imagePullPolicy", ImageReference.IsLatest(container.Text("image")) ? "Always" : "IfNotPresent");
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        foreach (var port in container.Objects("ports"))
        {
            port.Default("protocol", "TCP");
            if (isOnHostNetwork && port.Number("hostPort") == 0 && port.Number("containerPort") != 0)
            {
                port["hostPort"] = port.Number("containerPort");
            }
        }

        foreach (var variable in container.Objects("env"))
        {
            FillReferences(variable.Object("valueFrom"));
        }

        foreach (var probe in (ReadOnlySpan<string>)["livenessProbe", "readinessProbe", "startupProbe"])
        {
            FillProbe(container.Object(probe));
        }

        FillHandler(container.Object("lifecycle", "postStart"));
        FillHandler(container.Object("lifecycle", "preStop"));
        Unset(container.Object("securityContext"));
    }

    /// <summary>Fills references to members of the pod and to resources of containers.</summary>
    /// <param name="source">What holds the references.</param>
    public static void FillReferences(JsonObject? source)
    {
        source.Object("fieldRef")?.Default("apiVersion", "v1");
        source.Object("resourceFieldRef")?.Default("divisor", "0");
    }

    private static void FillProbe(JsonObject? probe)
    {
        if (probe is null)
        {
            return;
        }

        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
        probe.Object("grpc")?.Default("service", "");
        FillHandler(probe);
    }

    private static void FillHandler(JsonObject? handler)
    {
        if (handler.Object("httpGet") is { } get)
        {
            get.Default("path", "/");
            get.Default("scheme", "HTTP");
        }
    }

    private static void Unset(JsonObject? context)
    {
        if (context is not null && context.ContainsKey("procMount") && context.Text("procMount").Length == 0)
        {
            context["procMount"] = "Default";
        }
    }
}
