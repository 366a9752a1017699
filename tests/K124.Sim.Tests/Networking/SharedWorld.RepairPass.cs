using System.Globalization;
using K124.Sim.Model;
using K124.Sim.Networking;
using K124.Sim.Networking.Internal;

namespace K124.Sim.Tests.Networking;

internal sealed partial class SharedWorld
{
    /// <summary>A pass of a server's repair loop, with its retries.</summary>
    private sealed class RepairPass
    {
        private readonly SharedWorld _world;
        private readonly ServiceIPRepair _repair;
        private readonly RepairJournal _journal = new();
        private readonly IEnumerator<RepairStep> _steps;
        private RepairStep? _last;
        private RangeAllocation? _read;
        private string _listed = "";
        private int _attempts;

        public RepairPass(SharedWorld world, Server server)
        {
            _world = world;
            Server = server;
            _repair = new(server.Allocator);
            _steps = _repair.Steps(List, _journal).GetEnumerator();
        }

        public Server Server { get; }

        public bool HoldsLock => _last == RepairStep.Writing;

        public bool CanStep => !IsDone && !(_last == RepairStep.Listed && Server.HoldsLock);

        private bool IsDone { get; set; }

        public void Step()
        {
            IsDone = !_steps.MoveNext();
            _last = _steps.Current;
            _world.Log($"repair {_last}{(_journal.IsConflict ? ", conflict" : "")}");
            switch (_last)
            {
                case RepairStep.Read:
                    (_read, _listed) = (_world._store.Current, "");
                    break;
                case RepairStep.Written when !_journal.IsConflict || _attempts == 4:
                    IsDone = !_steps.MoveNext();
                    Assert.True(IsDone);
                    break;
            }
        }

        public string Describe()
        {
            if (IsDone)
            {
                return "!";
            }

            var counters = string.Join(',', _repair.LeakCounters(_world._cidr.Family).Select(entry => $"{entry.Key}={entry.Value}"));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"!{_attempts}{_last};{_listed};{(_read is null ? "" : Bits(_read))};{_world.IsCurrent(_read?.ResourceVersion)};{counters}");
        }

        private IEnumerable<Service> List()
        {
            _attempts++;
            _listed = string.Join(' ', _world._services.Keys.Select(_world.Short));
            var counters = _repair.LeakCounters(_world._cidr.Family);
            _world.IsAtRisk |= _world._servers.Exists(server =>
                server.InTransit is { } address && counters.TryGetValue(address.ToString(), out var passesLeft) && passesLeft == 0);
            return _world.ListServices();
        }
    }
}
