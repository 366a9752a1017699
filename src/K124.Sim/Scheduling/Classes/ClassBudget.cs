namespace K124.Sim.Scheduling.Classes;

/// <summary>Keeps what is worked out for classes of pods within bounds: beyond them, the classes that were used longest ago are forgotten.</summary>
internal sealed class ClassBudget
{
    private const int MaxBytes = 160 << 20;
    private const int BytesPerNode = 24;
    private const int MinClasses = 16;
    private const int ForgottenShare = 4;

    private readonly List<PodClass> _known = [];
    private long _clock;

    /// <summary>Notes that a class is used.</summary>
    /// <param name="podClass">The class.</param>
    /// <param name="isNew">Whether nothing was worked out for it before.</param>
    /// <param name="nodeCount">Number of nodes.</param>
    public void Use(PodClass podClass, bool isNew, int nodeCount)
    {
        podClass.LastUse = ++_clock;
        if (!isNew)
        {
            return;
        }

        _known.Add(podClass);
        if (_known.Count > Math.Max(MinClasses, MaxBytes / BytesPerNode / Math.Max(1, nodeCount)))
        {
            Shrink();
        }
    }

    /// <summary>Takes notice that all classes are gone.</summary>
    public void Clear() => _known.Clear();

    private void Shrink()
    {
        _known.Sort(static (first, second) => first.LastUse.CompareTo(second.LastUse));
        var forgotten = _known.Count / ForgottenShare;
        for (var i = 0; i < forgotten; i++)
        {
            _known[i].Forget();
        }

        _known.RemoveRange(0, forgotten);
    }
}
