namespace K124.Sim.Platform.Credentials;

/// <summary>Who the kubelet says it is to a registry.</summary>
/// <param name="Username">User.</param>
/// <param name="Password">Password.</param>
internal sealed record RegistryCredential(string Username, string Password);
