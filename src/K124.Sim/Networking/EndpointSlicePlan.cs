using System.Collections.Immutable;
using K124.Sim.Model;

namespace K124.Sim.Networking;

/// <summary>Which slices of one address type are to be made, changed and deleted.</summary>
/// <param name="service">The service.</param>
/// <param name="addressType">The address type.</param>
/// <param name="maxEndpoints">How many endpoints a slice may hold.</param>
internal sealed class EndpointSlicePlan(Service service, string addressType, int maxEndpoints)
{
    // 1.24 tells no ports from an empty list of ports, and what it reads from the server has none: no group finds such a slice again.
    private const string WithoutPorts = "none";

    public List<EndpointSlice> ToCreate { get; } = [];

    public List<EndpointSlice> ToUpdate { get; } = [];

    public List<EndpointSlice> ToDelete { get; } = [];

    /// <summary>Plans for all groups of ports.</summary>
    /// <param name="existing">Slices that are there.</param>
    /// <param name="wanted">Endpoints that are wanted, by their ports.</param>
    public void Fill(ImmutableArray<EndpointSlice> existing, IReadOnlyDictionary<string, EndpointGroup> wanted)
    {
        var owned = existing.Where(IsOwned).GroupBy(static slice => slice.Ports.IsEmpty ? WithoutPorts : EndpointGroup.KeyOf(slice.Ports), StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);
        ToDelete.AddRange(existing.Where(slice => !IsOwned(slice)));
        foreach (var (key, group) in wanted)
        {
            FillGroup(owned.GetValueOrDefault(key) ?? [], group);
        }

        ToDelete.AddRange(owned.Where(entry => !wanted.ContainsKey(entry.Key)).SelectMany(static entry => entry.Value));
        if (existing.Length == ToDelete.Count && ToCreate.Count == 0)
        {
            ToCreate.Add(EndpointSlices.Make(service, addressType, []));
        }
    }

    /// <summary>Turns slices to be made into changes of slices to be deleted.</summary>
    public void Reuse()
    {
        for (var i = 0; i < ToDelete.Count && ToCreate.Count > 0;)
        {
            var slice = ToDelete[i];
            if (slice.AddressType != ToCreate[^1].AddressType || !IsOwned(slice))
            {
                i++;
                continue;
            }

            ToUpdate.Add(ToCreate[^1] with { Metadata = ToCreate[^1].Metadata with { Name = slice.Metadata.Name } });
            ToCreate.RemoveAt(ToCreate.Count - 1);
            ToDelete.RemoveAt(i);
        }
    }

    private bool IsOwned(EndpointSlice slice) => slice.Metadata.OwnerReferences.Any(
        owner => owner.Uid == service.Metadata.Uid && owner.Kind == service.Kind && owner.Name == service.Metadata.Name);

    private void FillGroup(List<EndpointSlice> slices, EndpointGroup group)
    {
        var left = group.Endpoints.ToDictionary(static entry => entry.Key, static entry => entry.Value, StringComparer.Ordinal);
        var changed = new List<EndpointSlice>();
        var unchanged = new List<EndpointSlice>();
        foreach (var slice in slices)
        {
            Keep(slice, left, changed, unchanged);
        }

        var queue = new Queue<Endpoint>(left.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => entry.Value));
        var fullestFirst = changed.OrderByDescending(static slice => slice.Endpoints.Length).ToList();
        for (var i = 0; i < fullestFirst.Count && queue.Count > 0; i++)
        {
            fullestFirst[i] = Filled(fullestFirst[i], queue);
        }

        while (queue.Count > 0)
        {
            var fitting = queue.Count < maxEndpoints ? BestFit(unchanged, queue.Count) : null;
            if (fitting is null)
            {
                ToCreate.Add(Filled(EndpointSlices.Make(service, addressType, group.Ports), queue));
            }
            else
            {
                unchanged.Remove(fitting);
                fullestFirst.Add(Filled(fitting, queue));
            }
        }

        ToUpdate.AddRange(fullestFirst);
        if (!EndpointSlices.WantsHints(service))
        {
            ToUpdate.AddRange(unchanged.Where(EndpointSlices.HasHints).Select(EndpointSlices.WithoutHints));
        }
    }

    private void Keep(EndpointSlice slice, Dictionary<string, Endpoint> left, List<EndpointSlice> changed, List<EndpointSlice> unchanged)
    {
        var kept = ImmutableArray.CreateBuilder<Endpoint>(slice.Endpoints.Length);
        var isOther = false;
        foreach (var endpoint in slice.Endpoints)
        {
            if (left.Remove(EndpointGroup.IdentityOf(endpoint), out var wanted))
            {
                kept.Add(wanted);
                isOther |= !EndpointGroup.AreAlike(wanted, endpoint);
            }
        }

        var labels = EndpointSlices.LabelsOf(service);
        if (isOther || kept.Count != slice.Endpoints.Length)
        {
            if (kept.Count == 0)
            {
                ToDelete.Add(slice);
            }
            else
            {
                changed.Add(slice with { Metadata = slice.Metadata with { Labels = labels }, Endpoints = kept.ToImmutable() });
            }
        }
        else if (EndpointSlices.HaveChanged(slice.Metadata.Labels, labels))
        {
            changed.Add(slice with { Metadata = slice.Metadata with { Labels = labels } });
        }
        else
        {
            unchanged.Add(slice);
        }
    }

    private EndpointSlice? BestFit(List<EndpointSlice> slices, int count)
    {
        EndpointSlice? best = null;
        var least = maxEndpoints;
        foreach (var slice in slices)
        {
            var room = maxEndpoints - count - slice.Endpoints.Length;
            if (room >= 0 && room < least)
            {
                (best, least) = (slice, room);
            }
        }

        return best;
    }

    private EndpointSlice Filled(EndpointSlice slice, Queue<Endpoint> queue)
    {
        var endpoints = slice.Endpoints.ToBuilder();
        while (queue.Count > 0 && endpoints.Count < maxEndpoints)
        {
            endpoints.Add(queue.Dequeue());
        }

        return slice with { Endpoints = endpoints.ToImmutable() };
    }
}
