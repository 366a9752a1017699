using BenchmarkDotNet.Attributes;
using K124.Sim.Model;
using K124.Sim.Storage.Volumes;
using K124.Sim.Tests.Reference;

namespace K124.Sim.Benchmarks;

/// <summary>One claim after another is given the smallest volume that suits, which it takes; per claim.</summary>
[MemoryDiagnoser]
public class ControllerMatching
{
    private const int Claims = 1_000;
    private const int ReferenceClaims = 20;
    private const int Classes = 4;
    private const int LargestGiB = 512;

    private PersistentVolume[] _volumes = [];
    private PersistentVolumeClaim[] _claims = [];
    private PersistentVolumeIndex _index = new();

    [Params(5_000, 50_000)]
    public int VolumeCount { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var random = new SeededRandom(1);
        _index = new();
        _volumes = [.. Enumerable.Range(0, VolumeCount).Select(i => new PersistentVolume
        {
            Metadata = new() { Name = $"pv-{i:D6}" },
            Spec = new()
            {
                StorageClassName = $"class-{i % Classes}",
                Capacity = Storage(1 + random.Next(LargestGiB)),
                AccessModes = ["ReadWriteOnce"],
            },
            Status = new() { Phase = "Available" },
        })];
        _claims = [.. Enumerable.Range(0, Claims).Select(i => new PersistentVolumeClaim
        {
            Metadata = new() { Namespace = "default", Name = $"c-{i}", Uid = $"u-{i}" },
            Spec = new()
            {
                StorageClassName = $"class-{i % Classes}",
                Resources = new() { Requests = Storage(1 + random.Next(LargestGiB)) },
                AccessModes = ["ReadWriteOnce"],
            },
        })];
        foreach (var volume in _volumes)
        {
            _index.Set(volume);
        }
    }

    /// <summary>The search alone, over all volumes.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = ReferenceClaims)]
    public int Reference()
    {
        var found = 0;
        foreach (var claim in _claims.AsSpan(0, ReferenceClaims))
        {
            found += ReferenceVolumeMatching.FindMatchingVolume(claim, _volumes, nodeLabels: null, [], delayBinding: false) is null ? 0 : 1;
        }

        return found;
    }

    /// <summary>The search alone, in the index.</summary>
    [Benchmark(OperationsPerInvoke = Claims)]
    public int Index()
    {
        var found = 0;
        foreach (var claim in _claims)
        {
            found += _index.FindByClaim(claim, delayBinding: false).Volume is null ? 0 : 1;
        }

        return found;
    }

    /// <summary>Search, reservation and, so that the next round is like this one, release.</summary>
    [Benchmark(OperationsPerInvoke = Claims)]
    public int IndexWithReservation()
    {
        var taken = new List<PersistentVolume>(Claims);
        foreach (var claim in _claims)
        {
            if (_index.FindByClaim(claim, delayBinding: false).Volume is { } volume)
            {
                taken.Add(volume);
                _index.Set(volume with { Spec = volume.Spec with { ClaimRef = VolumeObjects.ReferenceTo(claim) } });
            }
        }

        foreach (var volume in taken)
        {
            _index.Set(volume);
        }

        return taken.Count;
    }

    private static StringMap<Quantity> Storage(long sizeGiB) => StringMap.Of(("storage", Quantity.FromUnits(sizeGiB << 30, QuantityFormat.BinarySI)));
}
