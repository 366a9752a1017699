using System.Text.Json;
using System.Text.Json.Serialization;

namespace K124.Sim.Batch.Forecast;

/// <summary>Operations by their names in camel case.</summary>
internal sealed class JobOperationConverter() : JsonStringEnumConverter<JobOperation>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
