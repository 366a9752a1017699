namespace K124.Sim.Preflight;

/// <summary>One thing that an upgrade is judged by.</summary>
/// <param name="Id">Its name in reports; the section of the documentation has the same.</param>
/// <param name="Title">What it looks for, in a few words.</param>
/// <param name="Worst">The worst severity that its findings can have.</param>
internal abstract record PreflightRule(string Id, string Title, PreflightSeverity Worst)
{
    /// <summary>Looks for findings.</summary>
    public abstract IEnumerable<PreflightFinding> Check(PreflightContext context);

    /// <summary>A finding about a field of an object.</summary>
    protected PreflightFinding Finding(PreflightItem item, string field, PreflightSeverity severity, string behavior, string remedy) =>
        new(Id, severity, item.Subject, field, behavior, remedy);

    /// <inheritdoc cref="Finding(PreflightItem, string, PreflightSeverity, string, string)"/>
    protected PreflightFinding Block(PreflightItem item, string field, string behavior, string remedy) =>
        Finding(item, field, PreflightSeverity.Block, behavior, remedy);

    /// <inheritdoc cref="Finding(PreflightItem, string, PreflightSeverity, string, string)"/>
    protected PreflightFinding Warn(PreflightItem item, string field, string behavior, string remedy) =>
        Finding(item, field, PreflightSeverity.Warning, behavior, remedy);

    /// <inheritdoc cref="Finding(PreflightItem, string, PreflightSeverity, string, string)"/>
    protected PreflightFinding Tell(PreflightItem item, string field, string behavior, string remedy) =>
        Finding(item, field, PreflightSeverity.Info, behavior, remedy);
}

/// <summary>A rule that looks at one object at a time.</summary>
/// <inheritdoc cref="PreflightRule"/>
internal abstract record ItemRule(string Id, string Title, PreflightSeverity Worst) : PreflightRule(Id, Title, Worst)
{
    public sealed override IEnumerable<PreflightFinding> Check(PreflightContext context) =>
        context.Items.SelectMany(item => Check(item, context));

    /// <summary>Looks at an object.</summary>
    protected abstract IEnumerable<PreflightFinding> Check(PreflightItem item, PreflightContext context);
}

/// <summary>A rule that looks at pods and at what makes pods; what a maker has made is told of the maker alone.</summary>
/// <inheritdoc cref="PreflightRule"/>
internal abstract record PodSpecRule(string Id, string Title, PreflightSeverity Worst) : PreflightRule(Id, Title, Worst)
{
    public sealed override IEnumerable<PreflightFinding> Check(PreflightContext context) =>
        from item in context.Items
        where !context.IsMade(item)
        let spec = PodSpecs.Of(item)
        where spec is not null
        from finding in Check(item, spec, context)
        select finding;

    /// <summary>Looks at the spec of pods.</summary>
    protected abstract IEnumerable<PreflightFinding> Check(PreflightItem item, TreeField spec, PreflightContext context);
}

/// <summary>A rule that looks at the command lines of the control plane's components.</summary>
/// <inheritdoc cref="PreflightRule"/>
internal abstract record ComponentRule(string Id, string Title, PreflightSeverity Worst) : PreflightRule(Id, Title, Worst)
{
    public sealed override IEnumerable<PreflightFinding> Check(PreflightContext context) =>
        context.Components.SelectMany(Check);

    /// <summary>Looks at a component.</summary>
    protected abstract IEnumerable<PreflightFinding> Check(ComponentLine line);
}
