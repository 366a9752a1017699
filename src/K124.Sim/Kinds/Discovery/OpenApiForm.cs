namespace K124.Sim.Kinds.Discovery;

/// <summary>The two dialects in which schemas are published.</summary>
internal enum OpenApiForm
{
    /// <summary>Swagger 2.0.</summary>
    V2,

    /// <summary>OpenAPI 3.0.</summary>
    V3,
}
