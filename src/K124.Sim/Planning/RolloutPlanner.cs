using System.Collections.Immutable;
using K124.Sim.Model;
using K124.Sim.Planning.Rollouts;

namespace K124.Sim.Planning;

/// <summary>Asks the control plane what a change of workloads comes to.</summary>
public static class RolloutPlanner
{
    private const int MostNodes = 64;

    /// <summary>Simulates a rollout, and if pods wait for room, how many nodes more it would take that none does.</summary>
    /// <param name="cluster">The cluster before.</param>
    /// <param name="changes">Objects to be applied.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the simulation.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RolloutPlan Plan(Cluster cluster, ImmutableArray<IApiObject> changes, RolloutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        options ??= new();
        var plan = new RolloutRun(cluster, changes, options).Run(cancellationToken);
        if (plan.Moments.All(static moment => moment.Waiting == 0) || Largest(cluster) is not { } model)
        {
            return plan;
        }

        return plan with { MissingNodes = Missing(cluster, changes, options, model, cancellationToken), NodeModel = model.Metadata.Name };
    }

    private static int? Missing(Cluster cluster, ImmutableArray<IApiObject> changes, RolloutOptions options, Node model, CancellationToken cancellationToken)
    {
        bool Fits(int nodes) =>
            new RolloutRun(With(cluster, model, nodes), changes, options).Run(cancellationToken).Moments.All(static moment => moment.Waiting == 0);

        var (low, high) = (0, 1);
        while (!Fits(high))
        {
            (low, high) = (high, high * 2);
            if (high > MostNodes)
            {
                return null;
            }
        }

        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Fits(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }

    private static Node? Largest(Cluster cluster) => cluster.Objects.OfType<Node>().Where(static node => !node.Spec.Unschedulable && node.Spec.Taints.IsEmpty)
        .MaxBy(static node => node.Status.Allocatable.TryGetValue("cpu", out var cpu) ? cpu : default);

    private static Cluster With(Cluster cluster, Node model, int count)
    {
        var added = Enumerable.Range(1, count).Select(i =>
        {
            var name = $"{model.Metadata.Name}-more-{i}";
            return model with { Metadata = model.Metadata with { Name = name, Uid = "", Labels = model.Metadata.Labels.With("kubernetes.io/hostname", name) } };
        });
        return Cluster.Of(cluster.Objects.Concat(added));
    }
}
