using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Pods;

namespace K124.Sim.Conformance.Controllers.Harness;

/// <summary>The scripted nodes of the recordings: they bind pods in turn, run them within a second, and let deleted ones vanish.</summary>
internal sealed class NodeSide(ImmutableArray<string> nodes) : IComponent
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(1);

    private readonly Queue<ObjectKey> _toBind = new();
    private readonly Queue<ObjectKey> _toEnd = new();
    private readonly PriorityQueue<ObjectKey, (long Ticks, long Order)> _toStart = new();
    private readonly HashSet<string> _unhealthyImages = new(StringComparer.Ordinal);
    private bool _mustHeal;
    private long _order;
    private int _turn;
    private int _addresses;

    public string Name => "nodes";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Pod>()];

    public long NextTicks => _toBind.Count > 0 || _toEnd.Count > 0 || _mustHeal ? 0 : _toStart.TryPeek(out _, out var due) ? due.Ticks : long.MaxValue;

    /// <summary>Pods of an image are not ready from now on.</summary>
    public void Spoil(string image) => _unhealthyImages.Add(image);

    /// <summary>All pods become ready.</summary>
    public void Heal()
    {
        _unhealthyImages.Clear();
        _mustHeal = true;
    }

    public void Observe(in ObjectChange change, IObjectReader cache)
    {
        if (change is not { Object: Pod pod, Type: not ChangeType.Deleted })
        {
            return;
        }

        var key = ObjectKey.Of(pod);
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            _toEnd.Enqueue(key);
        }
        else if (pod.Spec.NodeName.Length == 0)
        {
            _toBind.Enqueue(key);
        }
    }

    public void Work(IObjectReader cache, IApiClient api)
    {
        if (_toEnd.TryDequeue(out var ended))
        {
            api.Delete<Pod>(ended, new() { GracePeriodSeconds = 0 });
        }
        else if (_toBind.TryDequeue(out var waiting))
        {
            Bind(waiting, api);
        }
        else if (_mustHeal)
        {
            _mustHeal = false;
            foreach (var pod in api.List<Pod>().Where(static pod => pod.Status.Phase == "Running" && !PodPredicates.IsReady(pod)).ToArray())
            {
                api.UpdateStatus(PodReports.Ready(pod, api.Now));
            }
        }
        else if (_toStart.TryDequeue(out var starting, out _) && api.Get<Pod>(starting) is { Status.Phase: "Pending" or "" } pod)
        {
            var isReady = !pod.Spec.Containers.Any(container => _unhealthyImages.Contains(container.Image));
            api.UpdateStatus(PodReports.Started(pod, api.Now, isReady, string.Create(CultureInfo.InvariantCulture, $"10.1.0.{++_addresses}")));
        }
    }

    public IComponent Fork() => throw new NotSupportedException("The nodes of a recording live once.");

    private void Bind(ObjectKey key, IApiClient api)
    {
        if (api.Get<Pod>(key) is not { Spec.NodeName.Length: 0 } pod)
        {
            return;
        }

        var node = PinnedNode(pod) ?? nodes[_turn++ % nodes.Length];
        api.Write(new() { Verb = ApiVerb.Create, Kind = ApiKind.Of<Pod>(), Key = key, Subresource = "binding", Object = pod with { Spec = pod.Spec with { NodeName = node } } });
        _toStart.Enqueue(key, (api.Now.UtcTicks + StartTime.Ticks, ++_order));
    }

    private static string? PinnedNode(Pod pod) => pod.Spec.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms
        .SelectMany(static term => term.MatchFields).FirstOrDefault(static field => field.Key == "metadata.name")?.Values.FirstOrDefault();
}
