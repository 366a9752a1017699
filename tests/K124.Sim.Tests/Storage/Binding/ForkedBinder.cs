using K124.Sim.Model;
using K124.Sim.Storage.Binding;

namespace K124.Sim.Tests.Storage.Binding;

/// <summary>One side of a binder that was forked, with the whole history that led to it.</summary>
internal sealed class ForkedBinder
{
    private const int Nodes = 4;
    private const int Names = 10;

    private static readonly string[] Kinds =
        [nameof(Node), nameof(PersistentVolume), nameof(PersistentVolumeClaim), nameof(StorageClass), nameof(CSIDriver), nameof(CSINode), nameof(CSIStorageCapacity)];

    private readonly Cluster _cluster;
    private readonly VolumeBinderOptions _options;
    private readonly List<PersistentVolumeClaim> _claims;
    private readonly List<Action<BinderLife>> _history;
    private readonly BinderLife _life;

    public ForkedBinder(VolumeDice dice)
    {
        _cluster = Cluster.Of([.. dice.Fixed(Nodes), .. Enumerable.Range(0, Names).Select(i => dice.Volume(i, Nodes, [])), .. Enumerable.Range(0, 4).Select(i => dice.Capacity(i, Nodes))]);
        _options = new() { ConsumesCapacity = dice.Chance(50) };
        (_claims, _history, _life) = ([], [], new(_cluster, _options));
    }

    private ForkedBinder(ForkedBinder other) =>
        (_cluster, _options, _claims, _history, _life) = (other._cluster, other._options, [.. other._claims], [.. other._history, static life => life.Commit()], other._life.Fork());

    public IReadOnlyDictionary<string, int> Seen => _life.Seen;

    public ForkedBinder Fork() => new(this);

    public void Step(VolumeDice dice)
    {
        var step = Draw(dice);
        _history.Add(step);
        step(_life);
    }

    public List<string> Picture() => _life.Picture();

    public void CompareWithTwin()
    {
        var twin = new BinderLife(_cluster, _options);
        _history.ForEach(step => step(twin));
        Assert.Equal(twin.Picture(), Picture());
    }

    private Action<BinderLife> Draw(VolumeDice dice)
    {
        var (first, second) = (dice.Below(1_000), dice.Below(1_000));
        if (_options.ConsumesCapacity && dice.Chance(40))
        {
            return dice.Chance(60) ? life => life.Reserve(first, second) : life => life.Revert(first);
        }

        switch (dice.Below(24))
        {
            case < 7:
                var item = DrawObject(dice);
                return life => life.Apply(item);
            case < 10:
                var kind = ApiKind.All.Single(kind => kind.Kind == Kinds[first % Kinds.Length]);
                var key = DrawKey(dice, kind);
                return life => life.Delete(kind, key);
            case < 13:
                var pod = dice.Pod(dice.Below(Names), _claims);
                PersistentVolumeClaim[] claims = [.. dice.ClaimsOf(pod)];
                _claims.AddRange(claims);
                return life => life.AddPod(pod, claims);
            case < 18:
                return life => life.Reserve(first, second);
            case 18:
                return life => life.Revert(first);
            case < 21:
                var version = int.Parse(dice.Meta("").ResourceVersion, System.Globalization.CultureInfo.InvariantCulture);
                var isRefused = dice.Chance(20);
                return life => life.Bind(first, version, isRefused);
            case 21 when dice.Chance(30):
                return life => life.ClearRow(first);
            case 22:
                return static life => life.Checkpoint();
            default:
                return static life => life.RollBack();
        }
    }

    private IApiObject DrawObject(VolumeDice dice) => Kinds[dice.Below(Kinds.Length)] switch
    {
        nameof(Node) => dice.Node(dice.Below(Nodes + 2)),
        nameof(PersistentVolume) => dice.Volume(dice.Below(2 * Names), Nodes, _claims),
        nameof(PersistentVolumeClaim) => dice.Claim(_claims.Count == 0 ? "c" : dice.Of(_claims).Metadata.Name),
        nameof(StorageClass) => dice.Of([.. dice.Fixed(0).OfType<StorageClass>()]),
        nameof(CSIDriver) => dice.Driver(dice.Chance(80)),
        nameof(CSINode) => dice.CSINode(dice.Below(Nodes)),
        _ => dice.Capacity(dice.Below(6), Nodes),
    };

    private ObjectKey DrawKey(VolumeDice dice, ApiKind kind) => kind.Kind switch
    {
        nameof(Node) or nameof(CSINode) => new("", $"n{dice.Below(Nodes + 2)}"),
        nameof(PersistentVolume) => new("", $"pv{dice.Below(2 * Names)}"),
        nameof(PersistentVolumeClaim) => new("default", _claims.Count == 0 ? "c" : dice.Of(_claims).Metadata.Name),
        nameof(StorageClass) => new("", dice.Of(["local", "dyn", "plain"])),
        nameof(CSIDriver) => new("", "csi.example.com"),
        _ => new("default", $"cap{dice.Below(6)}"),
    };
}
