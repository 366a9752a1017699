using K124.Sim.Kinds.Validation;

namespace K124.Sim.Kinds.Pods;

/// <summary>Rules of paths inside volumes.</summary>
internal static class PathRules
{
    /// <summary>A path below some folder, which it does not leave.</summary>
    public static void Descending(string path, FieldPath field, FieldErrors errors)
    {
        if (path.StartsWith('/'))
        {
            errors.Invalid(field, path, "must be a relative path");
        }

        NoBacksteps(path, field, errors);
    }

    /// <summary>A path of a file that a volume makes: it does not look like one of the volume's own.</summary>
    public static void NonReserved(string path, FieldPath field, FieldErrors errors)
    {
        Descending(path, field, errors);
        if (path.StartsWith("..", StringComparison.Ordinal) && !path.StartsWith("../", StringComparison.Ordinal))
        {
            errors.Invalid(field, path, "must not start with '..'");
        }
    }

    /// <summary>A path without steps to a parent.</summary>
    public static void NoBacksteps(string path, FieldPath field, FieldErrors errors)
    {
        if (HasBackstep(path))
        {
            errors.Invalid(field, path, "must not contain '..'");
        }
    }

    /// <summary>Whether a path steps to a parent.</summary>
    public static bool HasBackstep(string path) => path.Contains("..", StringComparison.Ordinal) && path.Split('/').Contains("..");
}
