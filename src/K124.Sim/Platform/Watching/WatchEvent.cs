namespace K124.Sim.Platform.Watching;

/// <summary>One line of a watch.</summary>
/// <typeparam name="T">Type of the objects.</typeparam>
/// <param name="Kind">What happened.</param>
/// <param name="Key">Key of the object.</param>
/// <param name="Object">The object; of one that is gone, as it last was.</param>
/// <param name="ResourceVersion">Version of the change.</param>
internal readonly record struct WatchEvent<T>(WatchEventKind Kind, string Key, T Object, long ResourceVersion);
