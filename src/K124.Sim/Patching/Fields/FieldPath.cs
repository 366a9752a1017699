namespace K124.Sim.Patching.Fields;

/// <summary>A path as the 1.24 server gathers it for its messages.</summary>
/// <remarks>The server extends paths in shared arrays that double when they are full, and reads them only at the end. A path that was
/// extended in place is thus overwritten by its later siblings, and messages repeat the last of them. That is what clients see, so it
/// is kept.</remarks>
internal readonly struct FieldPath
{
    private readonly PathElement[] _steps;
    private readonly int _length;

    private FieldPath(PathElement[] steps, int length)
    {
        _steps = steps;
        _length = length;
    }

    /// <summary>The path of the object itself.</summary>
    public static FieldPath Root { get; } = new([], 0);

    /// <summary>The path one step further.</summary>
    public FieldPath Then(PathElement step)
    {
        var steps = _steps;
        if (_length == steps.Length)
        {
            steps = new PathElement[Math.Max(1, _length * 2)];
            _steps.CopyTo(steps, 0);
        }

        steps[_length] = step;
        return new(steps, _length + 1);
    }

    /// <summary>The path as messages show it, for example <c>.spec.containers[name="c"].image</c>.</summary>
    public override string ToString() => string.Concat(_steps.Take(_length).Select(static s => s.ToString()));
}
