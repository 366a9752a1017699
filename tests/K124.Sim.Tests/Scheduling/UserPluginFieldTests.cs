using System.Collections.Immutable;
using System.Reflection;
using K124.Sim.Model;
using K124.Sim.Scheduling;
using K124.Sim.Scheduling.Configuration;
using K124.Sim.Scheduling.ExtensionPoints;

namespace K124.Sim.Tests.Scheduling;

/// <summary>A plugin that remembers verdicts gives each pod its own, whatever field of the specification it reads.</summary>
public sealed class UserPluginFieldTests
{
    public static TheoryData<string, PluginDependence> Fields()
    {
        var data = new TheoryData<string, PluginDependence>();
        foreach (var field in typeof(PodSpec).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite))
        {
            data.Add(field.Name, PluginDependence.NodeObject);
            data.Add(field.Name, PluginDependence.NodeAndItsPods);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Pods_that_differ_in_one_field_get_verdicts_of_their_own(string fieldName, PluginDependence dependence)
    {
        var field = typeof(PodSpec).GetProperty(fieldName)!;
        var plain = new Pod { Metadata = new() { Name = "plain", Namespace = "default" } };
        var other = new Pod { Metadata = new() { Name = "other", Namespace = "default" }, Spec = With(field) };
        Assert.NotEqual(plain.Spec, other.Spec);
        foreach (var wanted in new[] { plain, other })
        {
            var scheduler = new Scheduler(OneNode, OptionsWith(new OnlyWith(field, field.GetValue(wanted.Spec), dependence)));
            foreach (var pod in new[] { plain, other, plain, plain, other, other })
            {
                Assert.Equal(pod == wanted, !scheduler.Schedule(pod).Message.Contains(nameof(OnlyWith), StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void A_plugin_that_remembers_is_not_shown_what_tells_pods_of_a_kind_apart()
    {
        var plugin = new OnlyWith(typeof(PodSpec).GetProperty(nameof(PodSpec.Hostname))!, "", PluginDependence.NodeObject);
        new Scheduler(OneNode, OptionsWith(plugin)).Schedule(new Pod
        {
            Metadata = new() { Name = "a", Namespace = "ns", Labels = StringMap.Of(("app", "web")), Annotations = StringMap.Of(("seen", "1")) },
            Status = new() { Phase = "Pending" },
        });
        Assert.Equal(new() { Metadata = new() { Namespace = "ns", Labels = StringMap.Of(("app", "web")) } }, plugin.Seen);
    }

    private static Cluster OneNode { get; } = Cluster.Of(new Node
    {
        Metadata = new() { Name = "n0" },
        Status = new() { Allocatable = StringMap.Of(("cpu", Quantity.FromUnits(4)), ("memory", Quantity.FromUnits(1L << 34)), ("pods", Quantity.FromUnits(110))) },
    });

    private static SchedulerOptions OptionsWith(ISchedulerPlugin plugin)
    {
        var plugins = SchedulerProfile.Default.Plugins;
        return new()
        {
            Plugins = [plugin],
            Configuration = new() { Profiles = [SchedulerProfile.Default with { Plugins = plugins with { Filter = [plugin.Name, .. plugins.Filter] } }] },
        };
    }

    private static PodSpec With(PropertyInfo field)
    {
        var spec = new PodSpec();
        field.SetValue(spec, field.Name == nameof(PodSpec.SchedulerName) ? SchedulerProfile.DefaultSchedulerName : Other(field.PropertyType));
        return spec;
    }

    private static object Other(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return "x";
        }

        if (type == typeof(bool))
        {
            return true;
        }

        if (type == typeof(int) || type == typeof(long))
        {
            return Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (type == typeof(StringMap<string>))
        {
            return StringMap.Of(("x", "y"));
        }

        if (type == typeof(StringMap<Quantity>))
        {
            return StringMap.Of(("x.io/y", Quantity.FromUnits(1)));
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            var items = Array.CreateInstance(type.GenericTypeArguments[0], 1);
            items.SetValue(Activator.CreateInstance(type.GenericTypeArguments[0]), 0);
            return typeof(ImmutableArrayMaker<>).MakeGenericType(type.GenericTypeArguments[0]).GetMethod("Of")!.Invoke(null, [items])!;
        }

        return Activator.CreateInstance(type)!;
    }

    private static class ImmutableArrayMaker<T>
    {
        public static ImmutableArray<T> Of(T[] items) => [.. items];
    }

    /// <summary>Lets only pods pass whose field has a value.</summary>
    private sealed class OnlyWith(PropertyInfo field, object? wanted, PluginDependence dependence) : IFilterPlugin
    {
        public string Name => nameof(OnlyWith);

        public PluginDependence Dependence => dependence;

        public Pod? Seen { get; private set; }

        public PluginVerdict? Filter(Pod pod, NodeView node)
        {
            Seen = pod;
            return Equals(field.GetValue(pod.Spec), wanted) || (wanted is System.Collections.IEnumerable all && field.GetValue(pod.Spec) is System.Collections.IEnumerable others && all.Cast<object>().SequenceEqual(others.Cast<object>()))
                ? null
                : new(nameof(OnlyWith));
        }
    }
}
