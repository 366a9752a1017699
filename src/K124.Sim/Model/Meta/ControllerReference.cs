namespace K124.Sim.Model;

/// <summary>Who controls an object.</summary>
internal static class ControllerReference
{
    /// <summary>The owner that is marked as controller.</summary>
    public static OwnerReference? ControllerOf(IApiObject item)
    {
        foreach (var owner in item.Metadata.OwnerReferences)
        {
            if (owner.Controller == true)
            {
                return owner;
            }
        }

        return null;
    }

    /// <summary>Whether an object is controlled by the one with the given uid.</summary>
    public static bool IsControlledBy(IApiObject item, string uid) => ControllerOf(item)?.Uid == uid;

    /// <summary>The reference that a controller puts on what it makes.</summary>
    public static OwnerReference To(IApiObject owner) => new()
    {
        ApiVersion = owner.ApiVersion,
        Kind = owner.Kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
