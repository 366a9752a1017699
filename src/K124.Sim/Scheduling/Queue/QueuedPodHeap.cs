namespace K124.Sim.Scheduling.Queue;

/// <summary>Which of two queued pods comes first; total, since no two pods share a sequence number.</summary>
internal interface IQueuedPodOrder
{
    bool IsBefore(QueuedPodInfo left, QueuedPodInfo right);
}

/// <summary>Order of the active queue: higher priority, then earlier timestamp, then order of coming.</summary>
/// <remarks>Kubernetes 1.24 pkg/scheduler/framework/plugins/queuesort (PrioritySort).</remarks>
internal readonly struct PrioritySort : IQueuedPodOrder
{
    public bool IsBefore(QueuedPodInfo left, QueuedPodInfo right)
    {
        if (left.Priority != right.Priority)
        {
            return left.Priority > right.Priority;
        }

        return left.TimestampTicks != right.TimestampTicks ? left.TimestampTicks < right.TimestampTicks : left.Sequence < right.Sequence;
    }
}

/// <summary>Order of the backoff queue: earlier end of backoff, then order of coming.</summary>
internal readonly struct BackoffSort : IQueuedPodOrder
{
    public bool IsBefore(QueuedPodInfo left, QueuedPodInfo right) => left.BackoffExpiryTicks != right.BackoffExpiryTicks
        ? left.BackoffExpiryTicks < right.BackoffExpiryTicks
        : left.Sequence < right.Sequence;
}

/// <summary>A binary heap of queued pods in which each pod knows its place, so that any of them can be removed.</summary>
internal sealed class QueuedPodHeap<TOrder>
    where TOrder : struct, IQueuedPodOrder
{
    private QueuedPodInfo[] _pods = new QueuedPodInfo[16];

    public int Count { get; private set; }

    public QueuedPodInfo First => _pods[0];

    public void Push(QueuedPodInfo pod)
    {
        if (Count == _pods.Length)
        {
            Array.Resize(ref _pods, Count * 2);
        }

        Rise(Count++, pod);
    }

    public QueuedPodInfo Pop()
    {
        var first = _pods[0];
        Remove(first);
        return first;
    }

    public void Remove(QueuedPodInfo pod)
    {
        var hole = pod.HeapIndex;
        var last = _pods[--Count];
        _pods[Count] = null!;
        pod.HeapIndex = -1;
        if (hole < Count)
        {
            Put(hole, last);
            Fix(last);
        }
    }

    /// <summary>Restores the order after a pod has changed in place.</summary>
    public void Fix(QueuedPodInfo pod)
    {
        Sink(pod.HeapIndex, pod);
        Rise(pod.HeapIndex, pod);
    }

    public QueuedPodInfo[] InOrder()
    {
        var pods = _pods[..Count];
        Array.Sort(pods, static (left, right) => ReferenceEquals(left, right) ? 0 : default(TOrder).IsBefore(left, right) ? -1 : 1);
        return pods;
    }

    private void Put(int index, QueuedPodInfo pod)
    {
        _pods[index] = pod;
        pod.HeapIndex = index;
    }

    private void Rise(int index, QueuedPodInfo pod)
    {
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!default(TOrder).IsBefore(pod, _pods[parent]))
            {
                break;
            }

            Put(index, _pods[parent]);
            index = parent;
        }

        Put(index, pod);
    }

    private void Sink(int index, QueuedPodInfo pod)
    {
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && default(TOrder).IsBefore(_pods[child + 1], _pods[child]))
            {
                child++;
            }

            if (!default(TOrder).IsBefore(_pods[child], pod))
            {
                break;
            }

            Put(index, _pods[child]);
            index = child;
        }

        Put(index, pod);
    }
}
