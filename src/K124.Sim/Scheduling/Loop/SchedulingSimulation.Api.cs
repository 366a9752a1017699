using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Scheduling.Loop;

// The API server: what it accepts and stores.
public sealed partial class SchedulingSimulation
{
    // Of what is due at one instant, users come first.
    private const int User = 0;
    private const int Machinery = 1;

    private readonly Dictionary<ObjectKey, Stored<Pod>> _pods = [];
    private readonly Dictionary<string, Stored<Node>> _nodes = new(StringComparer.Ordinal);
    private Cluster _others;
    private long _version;
    private long _created;

    private static ApiKind KindOf(IApiObject item) => ApiKind.All[ApiKind.IndexOf(item.GetType())];

    private static bool HasEnded(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    /// <summary>Gives an object what the API server gives it, or says why it is refused.</summary>
    private string? Admit(ref IApiObject item)
    {
        switch (item)
        {
            case Pod pod:
                var result = Find(ObjectKey.Of(pod)) is { } old ? AdmitChange(old, pod) : AdmitNew(pod);
                item = result.Object ?? item;
                return result.Object is null ? result.Message : null;
            case PriorityClass priorityClass:
                var existing = _others.PriorityClasses;
                var judged = existing.Find(priorityClass.Metadata.Name) is { } oldClass
                    ? PriorityClasses.Update(oldClass, priorityClass, existing)
                    : PriorityClasses.Create(priorityClass, existing);
                item = judged.Object ?? item;
                return judged.Object is null ? judged.Message : null;
            default:
                return null;
        }
    }

    private AdmissionResult<Pod> AdmitNew(Pod pod)
    {
        var result = PriorityAdmission.Create(pod, _others.PriorityClasses);
        result = result.Object is { } prioritized ? RuntimeClassAdmission.Create(prioritized, _others.RuntimeClasses) : result;
        return result.Object is { } admitted ? AdmissionResult<Pod>.Admitted(Identified(admitted)) : result;
    }

    /// <summary>A user does not change identity, node or status.</summary>
    private static AdmissionResult<Pod> AdmitChange(Pod old, Pod pod) => PriorityAdmission.Update(old, pod with
    {
        Metadata = pod.Metadata with
        {
            Uid = old.Metadata.Uid,
            CreationTimestamp = old.Metadata.CreationTimestamp,
            DeletionTimestamp = old.Metadata.DeletionTimestamp,
            DeletionGracePeriodSeconds = old.Metadata.DeletionGracePeriodSeconds,
        },
        Spec = pod.Spec with { NodeName = old.Spec.NodeName },
        Status = old.Status,
    });

    /// <summary>Gives a pod the uid and the time of creation that it lacks.</summary>
    private Pod Identified(Pod pod) => pod.Metadata is { Uid.Length: > 0, CreationTimestamp: not null } ? pod : pod with
    {
        Metadata = pod.Metadata with
        {
            Uid = pod.Metadata.Uid.Length > 0 ? pod.Metadata.Uid : string.Create(CultureInfo.InvariantCulture, $"uid-{_created + 1}"),
            CreationTimestamp = pod.Metadata.CreationTimestamp ?? WholeSecond(Now),
        },
    };

    private void Store(IApiObject item)
    {
        switch (item)
        {
            case Pod pod:
                Store(pod);
                break;
            case Node node:
                Store(node);
                break;
            default:
                var old = _others.Find(KindOf(item), ObjectKey.Of(item));
                _others = _others.With(item);
                Announce(new(old, item));
                break;
        }
    }

    private void Store(Node node)
    {
        var old = _nodes.GetValueOrDefault(node.Metadata.Name);
        _nodes[node.Metadata.Name] = new(node, old?.Order ?? ++_created);
        Announce(new(old?.Object, node));
    }

    private void Store(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        var old = _pods.GetValueOrDefault(key);
        pod = pod with { Metadata = pod.Metadata with { ResourceVersion = (++_version).ToString(CultureInfo.InvariantCulture) } };
        _pods[key] = new(pod, old?.Order ?? ++_created);
        Announce(new(old?.Object, pod));
    }

    private void Remove(ApiKind kind, ObjectKey key)
    {
        if (kind.Type == typeof(Pod))
        {
            if (Find(key) is { } pod)
            {
                BeginDeletion(pod);
            }
        }
        else if (kind.Type == typeof(Node))
        {
            if (_nodes.Remove(key.Name, out var node))
            {
                Announce(new(node.Object, null));
            }
        }
        else if (_others.Find(kind, key) is { } other)
        {
            _others = _others.Without(kind, key);
            Announce(new(other, null));
        }
    }

    /// <summary>Deletes a pod as a request with default options does.</summary>
    private void BeginDeletion(Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            return;
        }

        var graceSeconds = pod.Spec.NodeName.Length == 0 || HasEnded(pod)
            ? 0
            : pod.Spec.TerminationGracePeriodSeconds ?? SchedulingSimulationOptions.DefaultTerminationGracePeriodSeconds;
        if (graceSeconds == 0)
        {
            EndDeletion(pod);
            return;
        }

        Store(pod with { Metadata = pod.Metadata with { DeletionTimestamp = WholeSecond(Now.AddSeconds(graceSeconds)), DeletionGracePeriodSeconds = graceSeconds } });
        Push(Now + _options.TerminationDuration(pod), Machinery, () => EndDeletion(pod));
    }

    private void EndDeletion(Pod pod)
    {
        var key = ObjectKey.Of(pod);
        if (Find(key) is { } last && last.Metadata.Uid == pod.Metadata.Uid)
        {
            _pods.Remove(key);
            Announce(new(last, null));
            Note(last, SchedulingLogKind.Deleted, last.Spec.NodeName);
        }
    }

    /// <summary>Changes a pod if it is still there and the same.</summary>
    private void Change(Pod pod, Func<Pod, Pod> change)
    {
        if (Find(ObjectKey.Of(pod)) is { } current && current.Metadata.Uid == pod.Metadata.Uid)
        {
            Store(change(current));
        }
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));

    private sealed record Stored<T>(T Object, long Order);
}
