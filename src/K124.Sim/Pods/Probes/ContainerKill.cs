namespace K124.Sim.Pods.Probes;

/// <summary>Why the kubelet decided that a container has to go.</summary>
/// <param name="Container">Name of the container.</param>
/// <param name="Message">Message for the event.</param>
/// <param name="Reason">In one word; empty if its definition changed.</param>
internal sealed record ContainerKill(string Container, string Message, string Reason);

/// <summary>A container that is really stopped.</summary>
/// <param name="Container">Name of the container.</param>
/// <param name="Message">Message of the <c>Killing</c> event.</param>
/// <param name="GracePeriodSeconds">Seconds the runtime gives it.</param>
internal sealed record ContainerStop(string Container, string Message, long GracePeriodSeconds);
