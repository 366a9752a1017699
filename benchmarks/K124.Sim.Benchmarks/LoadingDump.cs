using System.Globalization;
using System.Text;
using System.Text.Json;
using K124.Sim;

namespace K124.Sim.Benchmarks;

/// <summary>Writes dumps as <c>kubectl get nodes,pods -A -o json</c> does: pretty-printed, with status and managed fields.</summary>
internal sealed class LoadingDump(ulong seed)
{
    private const int Applications = 400;

    private readonly SeededRandom _random = new(seed);

    public void WriteJson(Stream output, int nodeCount, int podCount)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, IndentSize = 4, SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("apiVersion", "v1");
        writer.WriteStartArray("items");
        for (var i = 0; i < nodeCount; i++)
        {
            using var node = JsonDocument.Parse(Node(i));
            node.WriteTo(writer);
        }

        for (var i = 0; i < podCount; i++)
        {
            using var pod = JsonDocument.Parse(Pod(i, nodeCount));
            pod.WriteTo(writer);
            if (writer.BytesPending > 1 << 20)
            {
                writer.Flush();
            }
        }

        writer.WriteEndArray();
        writer.WriteString("kind", "List");
        writer.WriteStartObject("metadata");
        writer.WriteString("resourceVersion", "");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The same dump as <c>-o yaml</c> writes it.</summary>
    public void WriteYaml(Stream output, int nodeCount, int podCount)
    {
        using var json = new MemoryStream();
        WriteJson(json, nodeCount, podCount);
        using var document = JsonDocument.Parse(json.ToArray());
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        WriteYamlValue(writer, document.RootElement, 0, "");
    }

    private static void WriteYamlValue(StreamWriter writer, JsonElement value, int indent, string first)
    {
        var prefix = first;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    writer.Write(prefix);
                    prefix = new(' ', indent);
                    writer.Write(member.Name.Contains(':', StringComparison.Ordinal) ? $"'{member.Name}':" : $"{member.Name}:");
                    var isEmpty = (member.Value.ValueKind == JsonValueKind.Object && !member.Value.EnumerateObject().Any())
                        || (member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0);
                    if (isEmpty || member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                    {
                        writer.Write(' ');
                        writer.WriteLine(isEmpty ? member.Value.ValueKind == JsonValueKind.Object ? "{}" : "[]" : member.Value.GetRawText());
                    }
                    else
                    {
                        writer.WriteLine();
                        var deeper = indent + (member.Value.ValueKind == JsonValueKind.Array ? 0 : 2);
                        WriteYamlValue(writer, member.Value, deeper, new(' ', deeper));
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    writer.Write(new string(' ', indent));
                    WriteYamlValue(writer, item, indent + 2, "- ");
                }

                break;
            default:
                writer.Write(first);
                writer.WriteLine(value.GetRawText());
                break;
        }
    }

    private string Node(int index)
    {
        var zone = index % 3;
        return $$$"""
            {"apiVersion":"v1","kind":"Node","metadata":{"annotations":{"node.alpha.kubernetes.io/ttl":"0","volumes.kubernetes.io/controller-managed-attach-detach":"true"},
            "creationTimestamp":"2022-05-03T08:00:00Z","labels":{"beta.kubernetes.io/arch":"amd64","kubernetes.io/arch":"amd64","kubernetes.io/hostname":"node-{{{index:D5}}}","kubernetes.io/os":"linux",
            "node.kubernetes.io/instance-type":"m5.4xlarge","topology.kubernetes.io/region":"eu-west-1","topology.kubernetes.io/zone":"eu-west-1{{{(char)('a' + zone)}}}"},
            "name":"node-{{{index:D5}}}","resourceVersion":"{{{Number(8)}}}","uid":"{{{Uid()}}}"},
            "spec":{"podCIDR":"10.{{{index / 256}}}.{{{index % 256}}}.0/24","podCIDRs":["10.{{{index / 256}}}.{{{index % 256}}}.0/24"],"providerID":"aws:///eu-west-1/i-{{{Number(17)}}}"},
            "status":{"addresses":[{"address":"10.200.{{{index / 256}}}.{{{index % 256}}}","type":"InternalIP"},{"address":"node-{{{index:D5}}}","type":"Hostname"}],
            "allocatable":{"cpu":"15890m","ephemeral-storage":"95551679124","hugepages-2Mi":"0","memory":"63350304Ki","pods":"110"},
            "capacity":{"cpu":"16","ephemeral-storage":"104845292Ki","hugepages-2Mi":"0","memory":"64367136Ki","pods":"110"},
            "conditions":[{"lastHeartbeatTime":"2022-06-01T10:00:{{{index % 60:D2}}}Z","lastTransitionTime":"2022-05-03T08:00:30Z","message":"kubelet is posting ready status","reason":"KubeletReady","status":"True","type":"Ready"},
            {"lastHeartbeatTime":"2022-06-01T10:00:{{{index % 60:D2}}}Z","lastTransitionTime":"2022-05-03T08:00:00Z","message":"kubelet has sufficient memory available","reason":"KubeletHasSufficientMemory","status":"False","type":"MemoryPressure"}],
            "images":[{"names":["registry.example.com/base@sha256:{{{Number(64)}}}","registry.example.com/base:1.0"],"sizeBytes":{{{Number(8)}}}}],
            "nodeInfo":{"architecture":"amd64","bootID":"{{{Uid()}}}","containerRuntimeVersion":"containerd://1.6.4","kernelVersion":"5.10.0","kubeProxyVersion":"v1.24.0","kubeletVersion":"v1.24.0","machineID":"{{{Number(32)}}}","operatingSystem":"linux","osImage":"Linux","systemUUID":"{{{Uid()}}}"}}}
            """;
    }

    private string Pod(int index, int nodeCount)
    {
        var application = (int)(_random.NextBits() % Applications);
        var set = $"app-{application}-{application * 7919 % 100000:D5}";
        var suffix = Number(5);
        var second = index % 60;
        return $$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"annotations":{"prometheus.io/port":"8080","prometheus.io/scrape":"true"},"creationTimestamp":"2022-05-31T12:{{{index / 60 % 60:D2}}}:{{{second:D2}}}Z","generateName":"{{{set}}}-",
            "labels":{"app":"app-{{{application}}}","pod-template-hash":"{{{application * 7919 % 100000:D5}}}","team":"team-{{{application % 20}}}"},
            "managedFields":[{"apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:generateName":{},"f:labels":{".":{},"f:app":{},"f:pod-template-hash":{} },"f:ownerReferences":{".":{},"k:{\"uid\":\"x\"}":{} } },"f:spec":{"f:containers":{"k:{\"name\":\"main\"}":{".":{},"f:image":{},"f:imagePullPolicy":{},"f:name":{},"f:resources":{".":{},"f:limits":{".":{},"f:cpu":{},"f:memory":{} },"f:requests":{".":{},"f:cpu":{},"f:memory":{} } } } },"f:dnsPolicy":{},"f:enableServiceLinks":{},"f:restartPolicy":{} } },"manager":"kube-controller-manager","operation":"Update","time":"2022-05-31T12:00:00Z"}],
            "name":"{{{set}}}-{{{suffix}}}{{{index}}}","namespace":"team-{{{application % 20}}}","ownerReferences":[{"apiVersion":"apps/v1","blockOwnerDeletion":true,"controller":true,"kind":"ReplicaSet","name":"{{{set}}}","uid":"00000000-0000-4000-8000-{{{application:D12}}}"}],
            "resourceVersion":"{{{Number(9)}}}","uid":"{{{Uid()}}}"},
            "spec":{"containers":[{"env":[{"name":"LOG_LEVEL","value":"info"},{"name":"REGION","value":"eu-west-1"}],"image":"registry.example.com/app-{{{application}}}:1.{{{application % 9}}}.0","imagePullPolicy":"IfNotPresent","livenessProbe":{"failureThreshold":3,"httpGet":{"path":"/healthz","port":8080,"scheme":"HTTP"},"periodSeconds":10,"successThreshold":1,"timeoutSeconds":1},"name":"main","ports":[{"containerPort":8080,"name":"http","protocol":"TCP"}],
            "resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"{{{100 * ((application % 8) + 1)}}}m","memory":"{{{128 * ((application % 6) + 1)}}}Mi"}},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","volumeMounts":[{"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount","name":"kube-api-access-{{{suffix}}}","readOnly":true}]}],
            "dnsPolicy":"ClusterFirst","enableServiceLinks":true,"nodeName":"node-{{{(int)(_random.NextBits() % (uint)nodeCount):D5}}}","preemptionPolicy":"PreemptLowerPriority","priority":0,"restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},"serviceAccount":"default","serviceAccountName":"default","terminationGracePeriodSeconds":30,
            "tolerations":[{"effect":"NoExecute","key":"node.kubernetes.io/not-ready","operator":"Exists","tolerationSeconds":300},{"effect":"NoExecute","key":"node.kubernetes.io/unreachable","operator":"Exists","tolerationSeconds":300}],
            "volumes":[{"name":"kube-api-access-{{{suffix}}}","projected":{"defaultMode":420,"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"items":[{"key":"ca.crt","path":"ca.crt"}],"name":"kube-root-ca.crt"}}]}}]},
            "status":{"conditions":[{"lastProbeTime":null,"lastTransitionTime":"2022-05-31T12:00:{{{second:D2}}}Z","status":"True","type":"Initialized"},{"lastProbeTime":null,"lastTransitionTime":"2022-05-31T12:01:{{{second:D2}}}Z","status":"True","type":"Ready"},{"lastProbeTime":null,"lastTransitionTime":"2022-05-31T12:01:{{{second:D2}}}Z","status":"True","type":"ContainersReady"},{"lastProbeTime":null,"lastTransitionTime":"2022-05-31T12:00:{{{second:D2}}}Z","status":"True","type":"PodScheduled"}],
            "containerStatuses":[{"containerID":"containerd://{{{Number(64)}}}","image":"registry.example.com/app-{{{application}}}:1.{{{application % 9}}}.0","imageID":"registry.example.com/app-{{{application}}}@sha256:0123456789","lastState":{},"name":"main","ready":true,"restartCount":0,"started":true,"state":{"running":{"startedAt":"2022-05-31T12:00:{{{second:D2}}}Z"}}}],
            "hostIP":"10.200.{{{index % 20}}}.{{{index % 250}}}","phase":"Running","podIP":"10.{{{index / 62500}}}.{{{index / 250 % 250}}}.{{{index % 250}}}","podIPs":[{"ip":"10.{{{index / 62500}}}.{{{index / 250 % 250}}}.{{{index % 250}}}"}],"qosClass":"Burstable","startTime":"2022-05-31T12:00:{{{second:D2}}}Z"}}
            """;
    }

    private string Uid() => $"{Number(8)}-{Number(4)}-4{Number(3)}-8{Number(3)}-{Number(12)}";

    private string Number(int digits)
    {
        var text = new StringBuilder("1");
        while (text.Length < digits)
        {
            text.Append((_random.NextBits() % 10).ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
