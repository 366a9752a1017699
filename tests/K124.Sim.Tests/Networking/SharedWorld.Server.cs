using System.Globalization;
using K124.Sim.Networking;
using K124.Sim.Networking.Internal;

namespace K124.Sim.Tests.Networking;

internal sealed partial class SharedWorld
{
    /// <summary>An API server with a client that uses it, one operation after the other.</summary>
    private sealed class Server
    {
        private readonly SharedWorld _world;
        private readonly int _number;
        private readonly string _operations;
        private readonly Connection _connection;
        private readonly List<ServiceIP> _held = [];
        private int _next;
        private StoreOperation? _operation;
        private ServiceIP _address;
        private ServiceIP? _pending;

        public Server(SharedWorld world, int number, string operations)
        {
            _world = world;
            _number = number;
            _operations = operations;
            _connection = new(world._store);
            Allocator = null!;
            Restart();
            SkipWhatCannotBeDone();
        }

        public ServiceIPAllocator Allocator { get; private set; }

        /// <summary>The address that is allocated with its Service yet to come, or whose Service is gone with its release yet to come.</summary>
        public ServiceIP? InTransit => _pending ?? (_operation is not null && _operations[_next] == 'R' ? _address : null);

        public bool HoldsLock => _operation is not null;

        public bool IsDone => _next == _operations.Length && _operation is null && _pending is null;

        public void Step()
        {
            if (_operation is null && _pending is null)
            {
                Begin();
            }

            var fault = _world.ChooseFault(_pending is not null ? Fault.Crash : _operation!.Existing is null ? Fault.LostRequest : Fault.LostReply);
            if (fault == Fault.Crash)
            {
                Crash();
            }
            else if (_pending is { } address)
            {
                _world._services.Add(address, Name());
                _world.Log($"{_number} creates the Service of {address}");
                _held.Add(address);
                _pending = null;
            }
            else
            {
                Advance(fault);
            }

            SkipWhatCannotBeDone();
        }

        public string Describe()
        {
            var stored = Allocator.Stored;
            var memory = _world.IsCurrent(stored.LastSeenVersion) ? string.Join(',', stored.Memory.TakenOffsets()) : "stale";
            var isAnyAddress = _next < _operations.Length && _operations[_next] == 'N';
            var operation = _operation is null ? "-"
                : _operation.Existing is not { } existing ? $"new {(isAnyAddress ? "" : _world.Short(_address))}"
                : _world.IsCurrent(existing.ResourceVersion) ? $"current {_world.Short(_address)}"
                : $"stale {(isAnyAddress ? "" : _world.Short(_address))}";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{_operations[_next..]};{memory};{operation};{(_pending is { } address ? _world.Short(address) : "")};{string.Join(',', _held.Select(_world.Short))}");
        }

        private string Name() => string.Create(CultureInfo.InvariantCulture, $"s{_number}-{_next}");

        private void Restart() => Allocator = new(_world._cidr, _connection, new() { Random = new ChosenDraws(_world) });

        // A release with nothing to give back is no step.
        private void SkipWhatCannotBeDone()
        {
            while (_operation is null && _pending is null && _next < _operations.Length && _operations[_next] == 'R' && _held.Count == 0)
            {
                _next++;
            }
        }

        private void Begin()
        {
            switch (_operations[_next])
            {
                case 'N':
                    _address = default;
                    _operation = Allocator.BeginAllocateNext(drawn => _address = drawn < 0 ? default : _world._cidr.AddressAt(drawn));
                    break;
                case 'F':
                    _address = _world._cidr.AddressAt(0);
                    _operation = Allocator.BeginAllocate(_address).Operation;
                    break;
                default:
                    _address = _held[0];
                    _held.RemoveAt(0);
                    _world._services.Remove(_address);
                    _world._owners.Remove(_address);
                    _world.Log($"{_number} deletes the Service of {_address}");
                    _operation = Allocator.BeginRelease(_address);
                    break;
            }
        }

        // What the server was about goes with it; the Services stay.
        private void Crash()
        {
            _world.Log($"{_number} crashes");
            _next += _operation is not null ? 1 : 0;
            if (_pending is { } address)
            {
                _world._owners.Remove(address);
            }

            _operation = null;
            _pending = null;
            Restart();
            _world._repairs.RemoveAll(repair => repair.Server == this);
        }

        private void Advance(Fault fault)
        {
            _connection.Next = fault;
            _operation!.Advance();
            _connection.Next = Fault.None;
            if (!_operation.IsDone)
            {
                _world.Log($"{_number} reads");
                return;
            }

            _world.Log($"{_number} {_operations[_next]} {_address}: {_operation.Status}");
            var isAllocated = _operation.Status == AllocationStatus.Done && _operations[_next] != 'R';
            _operation = null;
            _next++;
            if (isAllocated)
            {
                Assert.True(_world._owners.TryAdd(_address, Name()), $"{_address} was handed out twice: {_world.History}");
                _pending = _address;
            }
        }
    }
}
