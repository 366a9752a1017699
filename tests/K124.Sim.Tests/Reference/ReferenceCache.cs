using K124.Sim.Model;

namespace K124.Sim.Tests.Reference;

/// <summary>Nodes and the pods on them as the scheduler's cache keeps them, and the list of nodes that an attempt looks at.</summary>
public sealed class ReferenceCache
{
    private readonly Dictionary<string, ReferenceNode> _nodes = [];
    private readonly Dictionary<ObjectKey, string> _nodeOfPod = [];
    private readonly List<(string Key, List<string> Names)> _zones = [];
    private readonly Dictionary<string, (long SizeBytes, HashSet<string> Nodes)> _images = [];
    private List<string> _list;
    private HashSet<string> _listed;

    public ReferenceCache(Cluster cluster)
    {
        foreach (var node in cluster.Nodes)
        {
            Apply(node);
        }

        // The cluster stands for one in which every node has been updated once since the last image came, and an attempt was made.
        foreach (var node in cluster.Nodes)
        {
            _nodes[node.Metadata.Name].Show(node, ImagesOf(node));
        }

        _list = TreeOrder;
        _listed = [.. _list];
    }

    private ReferenceCache(ReferenceCache original)
    {
        _nodes = original._nodes.ToDictionary(static pair => pair.Key, static pair => pair.Value.Copy());
        _nodeOfPod = new(original._nodeOfPod);
        _zones = original._zones.ConvertAll(static zone => (zone.Key, new List<string>(zone.Names)));
        _images = original._images.ToDictionary(static pair => pair.Key, static pair => (pair.Value.SizeBytes, new HashSet<string>(pair.Value.Nodes)));
        (_list, _listed) = (original._list, original._listed);
    }

    /// <summary>Names of the nodes that are there, in the order of the tree of nodes.</summary>
    private List<string> TreeOrder => Enumerable.Range(0, _zones.Select(static zone => zone.Names.Count).Append(0).Max())
        .SelectMany(round => _zones.Where(zone => round < zone.Names.Count).Select(zone => zone.Names[round])).ToList();

    public ReferenceCache Copy() => new(this);

    /// <summary>The nodes for an attempt. Their order is kept from the attempt before unless names have come or gone.</summary>
    public IReadOnlyList<ReferenceNode> Snapshot()
    {
        if (!_listed.SetEquals(_zones.SelectMany(static zone => zone.Names)))
        {
            _list = TreeOrder;
            _listed = [.. _list];
        }

        return _list.ConvertAll(name => _nodes[name]);
    }

    public void Apply(Node node)
    {
        var name = node.Metadata.Name;
        var entry = Entry(name);
        var zone = ZoneKey(node);
        if (!entry.IsHidden)
        {
            RemoveImages(entry.Node);
        }

        if (entry.IsHidden || ZoneKey(entry.Node) != zone)
        {
            RemoveFromTree(name);
            if (!_zones.Exists(item => item.Key == zone))
            {
                _zones.Add((zone, []));
            }

            _zones.Find(item => item.Key == zone).Names.Add(name);
        }

        foreach (var image in node.Status.Images)
        {
            foreach (var imageName in image.Names)
            {
                _images.TryAdd(imageName, (image.SizeBytes, []));
                _images[imageName].Nodes.Add(name);
            }
        }

        entry.Show(node, ImagesOf(node));
    }

    public void RemoveNode(string name)
    {
        if (!HasNode(name))
        {
            return;
        }

        RemoveImages(_nodes[name].Node);
        RemoveFromTree(name);
        _nodes[name].Hide();
        DropIfEmpty(name);
    }

    public bool HasNode(string name) => _nodes.TryGetValue(name, out var node) && !node.IsHidden;

    public string? NodeOf(ObjectKey pod) => _nodeOfPod.GetValueOrDefault(pod);

    public Pod PodOf(ObjectKey pod) => _nodes[_nodeOfPod[pod]].Pods.Single(other => other.Key == pod).Pod;

    public IEnumerable<ObjectKey> Pods => _nodeOfPod.Keys;

    public void Add(Pod pod, string nodeName)
    {
        var added = new ReferencePod(pod);
        _nodeOfPod.Add(added.Key, nodeName);
        Entry(nodeName).Add(added);
    }

    public void Remove(ObjectKey pod)
    {
        var node = _nodes[_nodeOfPod[pod]];
        node.Remove(node.Pods.Single(other => other.Key == pod));
        _nodeOfPod.Remove(pod);
        DropIfEmpty(node.Name);
    }

    private ReferenceNode Entry(string name) => _nodes.TryGetValue(name, out var node) ? node : _nodes[name] = new(name);

    private void DropIfEmpty(string name)
    {
        if (_nodes[name] is { IsHidden: true, Pods.Count: 0 })
        {
            _nodes.Remove(name);
        }
    }

    private void RemoveFromTree(string name)
    {
        _zones.ForEach(zone => zone.Names.Remove(name));
        _zones.RemoveAll(static zone => zone.Names.Count == 0);
    }

    private Dictionary<string, (long SizeBytes, int NodeCount)> ImagesOf(Node node) => node.Status.Images.SelectMany(static image => image.Names).Distinct()
        .ToDictionary(static name => name, name => (_images[name].SizeBytes, _images[name].Nodes.Count));

    private void RemoveImages(Node node)
    {
        foreach (var name in node.Status.Images.SelectMany(static image => image.Names).Distinct())
        {
            _images[name].Nodes.Remove(node.Metadata.Name);
            if (_images[name].Nodes.Count == 0)
            {
                _images.Remove(name);
            }
        }
    }

    public static string ZoneKey(Node node)
    {
        string Label(string name) => node.Metadata.Labels.TryGetValue($"failure-domain.beta.kubernetes.io/{name}", out var old) ? old
            : node.Metadata.Labels.TryGetValue($"topology.kubernetes.io/{name}", out var value) ? value : "";
        var (region, zone) = (Label("region"), Label("zone"));
        return region.Length + zone.Length == 0 ? "" : $"{region}:\0:{zone}";
    }
}
