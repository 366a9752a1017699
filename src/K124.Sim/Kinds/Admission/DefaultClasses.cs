namespace K124.Sim.Kinds.Admission;

/// <summary>Classes that an annotation marks as the default.</summary>
internal static class DefaultClasses
{
    /// <summary>Names of the classes that are marked.</summary>
    /// <param name="objects">What is stored.</param>
    /// <param name="group">Group of the classes.</param>
    /// <param name="plural">Plural of the classes.</param>
    /// <param name="keys">Annotations that may mark one.</param>
    /// <returns>The names.</returns>
    public static List<string> Find(IObjectReader objects, string group, string plural, params ReadOnlySpan<string> keys)
    {
        var names = new List<string>();
        foreach (var item in objects.List(group, plural, ""))
        {
            var metadata = item.Object("metadata");
            foreach (var key in keys)
            {
                if (metadata.Object("annotations").Text(key) == "true")
                {
                    names.Add(metadata.Text("name"));
                    break;
                }
            }
        }

        return names;
    }
}
