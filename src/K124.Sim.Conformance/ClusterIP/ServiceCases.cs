using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using K124.Sim.Model;
using K124.Sim.Networking;
using K124.Sim.Platform;

namespace K124.Sim.Conformance.ClusterIP;

/// <summary>Requests on Services, with the allocators' state after each.</summary>
/// <remarks>The draws of the real run are not recorded: what it chose is steered to and so checked for legality. Where the
/// recording allows for either order of families, both orders are played.</remarks>
internal sealed partial class ServiceCases
{
    private const string Namespace = "ns";

    private readonly ImmutableArray<ServiceIPRange> _ranges;
    private readonly ImmutableArray<SteeredDraws> _rangeDraws;
    private readonly NodePortRange _ports;
    private readonly SteeredDraws _portDraws = new(0);
    private readonly FamilyOrder _familyOrder = new();
    private readonly ServiceRegistry _registry;
    private readonly ImmutableArray<string>.Builder _differences = ImmutableArray.CreateBuilder<string>();

    private ServiceCases(JsonElement testCase)
    {
        var gate = testCase.Flag("serviceIPStaticSubrange");
        ImmutableArray<string> cidrs = testCase.OptionalText("secondaryRange") is { } secondary
            ? [testCase.Text("primaryRange"), secondary]
            : [testCase.Text("primaryRange")];
        _rangeDraws = [.. cidrs.Select(cidr => new SteeredDraws(gate ? ServiceCidr.Parse(cidr).StaticBandSize : 0))];
        _ranges = [.. cidrs.Zip(_rangeDraws, (cidr, draws) => new ServiceIPRange(cidr, new() { Profile = ClusterProfile.Default.With("ServiceIPStaticSubrange", gate), Random = draws }))];
        if (!NodePortSpan.TryParse(testCase.Text("nodePortRange"), out var ports))
        {
            throw new JsonException("nodePortRange is not a span of ports");
        }

        _ports = new(ports, _portDraws);
        _registry = new(_ranges[0], _ranges.Length == 2 ? _ranges[1] : null, _ports, _familyOrder);
    }

    public static CaseOutcome Verify(JsonElement testCase)
    {
        var run = new ServiceCases(testCase);
        var index = 0;
        foreach (var (operation, recorded) in testCase.GetProperty("ops").EnumerateArray()
            .Zip(testCase.GetProperty("expect").GetProperty("results").EnumerateArray()))
        {
            run.Step(index++, operation, recorded);
        }

        return run._differences.ToOutcome();
    }

    private void Step(int index, JsonElement operation, JsonElement recorded)
    {
        var path = $"expect.results[{index}]";
        var result = Run(operation, recorded);
        if (result.Error is not null && recorded.TryGetProperty("errorAnyOf", out var either))
        {
            CheckEither(path, operation, result.Error, either);
        }

        if (recorded.TryGetProperty("mayLeakFamilies", out var leaky))
        {
            RemoveLeaks(leaky, recorded);
        }

        var actual = new JsonObject { ["allocated"] = Allocated(), ["nodePorts"] = CaseParts.Array(_ports.Allocated()) };
        if (result.Error is { } error && !recorded.TryGetProperty("errorAnyOf", out _))
        {
            actual["error"] = Describe(error);
        }
        else if (result.Service is { } service)
        {
            actual[operation.Text("op") == "delete" ? "ok" : "service"] = operation.Text("op") == "delete" ? true : Describe(service);
        }

        var expected = JsonNode.Parse(recorded.GetRawText())!.AsObject();
        expected.Remove("errorAnyOf");
        expected.Remove("mayLeakFamilies");
        using var trimmed = JsonDocument.Parse(expected.ToJsonString());
        _differences.Compare(path, trimmed.RootElement, actual);
    }

    private ServiceResult Run(JsonElement operation, JsonElement recorded)
    {
        var dryRun = operation.Flag("dryRun");
        if (operation.Text("op") == "delete")
        {
            return _registry.Delete(new(Namespace, operation.Text("name")), dryRun);
        }

        var service = operation.GetProperty("service").Service();
        service = service with { Metadata = service.Metadata with { Namespace = Namespace } };
        Steer(service, recorded);
        return operation.Text("op") switch
        {
            "create" => _registry.Create(service, dryRun),
            "update" => _registry.Update(service, dryRun),
            var unknown => throw new JsonException($"unknown operation '{unknown}'"),
        };
    }

    private void Steer(Service request, JsonElement recorded)
    {
        var served = recorded.TryGetProperty("service", out var element) ? element.Service().Spec : new ServiceSpec();
        for (var i = 0; i < _ranges.Length; i++)
        {
            var range = _ranges[i];
            _rangeDraws[i].Expect(served.ClusterIPs
                .Where(text => ServiceIP.TryParse(text, out var address) && !request.Spec.ClusterIPs.Contains(text) && !range.Has(address))
                .Select(text => range.Cidr.TryGetOffset(ServiceIP.Parse(text), out var offset) ? offset : -1)
                .Where(offset => offset >= 0));
        }

        _portDraws.Expect(served.Ports.Select(port => port.NodePort).Append(served.HealthCheckNodePort)
            .Where(port => _ports.Ports.Contains(port) && !_ports.Has(port))
            .Except(request.Spec.Ports.Select(port => port.NodePort).Append(request.Spec.HealthCheckNodePort))
            .Select(port => port - _ports.Ports.First));
    }

    private void CheckEither(string path, JsonElement operation, ServiceError error, JsonElement either)
    {
        _familyOrder.IsReversed = true;
        var reversed = Run(operation, operation).Error;
        _familyOrder.IsReversed = false;
        var recorded = either.EnumerateArray().Select(option => option.GetRawText()).ToArray();
        foreach (var candidate in new[] { error, reversed })
        {
            var described = candidate is null ? null : Describe(candidate).ToJsonString();
            if (described is null || !recorded.Any(option => IsSame(option, described)))
            {
                _differences.Add($"{path}: the library's error is none of those recorded: {described}");
            }
        }
    }

    /// <summary>Whether two errors are the same but for addresses that were drawn: any legal one is as good as another.</summary>
    private bool IsSame(string recorded, string described) =>
        JsonNode.DeepEquals(JsonNode.Parse(recorded), JsonNode.Parse(described))
        || JsonNode.DeepEquals(JsonNode.Parse(WithoutDrawn(recorded)), JsonNode.Parse(WithoutDrawn(described)));

    /// <summary>The text with a word in place of each address that is free, and in the band that is due.</summary>
    private string WithoutDrawn(string text) => AddressShaped().Replace(text, match =>
        ServiceIP.TryParse(match.Value, out var address) && _ranges.FirstOrDefault(range => range.Cidr.Family == address.Family) is { } range && IsLegalDraw(range, address)
            ? $"drawn {address.Family}"
            : match.Value);

    private static bool IsLegalDraw(ServiceIPRange range, ServiceIP address) =>
        range.Cidr.TryGetOffset(address, out _) && !range.Has(address)
        && (range.BandOf(address) == ServiceIPBand.Dynamic || range.FreeIn(ServiceIPBand.Dynamic) == 0);

    [GeneratedRegex("[0-9a-fA-F.:]{2,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AddressShaped();

    private void RemoveLeaks(JsonElement families, JsonElement recorded)
    {
        foreach (var family in families.EnumerateArray().Select(family => family.GetString()!))
        {
            var range = _ranges.First(range => range.Cidr.Family.ToString() == family);
            var kept = recorded.GetProperty("allocated").GetProperty(family).EnumerateArray().Select(address => address.GetString()).ToHashSet();
            var leaked = range.Allocated().OfType<ServiceIP>().Where(address => !kept.Contains(address.ToString())).ToArray();
            if (leaked.Length == 1)
            {
                range.Release(leaked[0]);
            }
        }
    }

    private JsonObject Allocated()
    {
        var allocated = new JsonObject();
        foreach (var range in _ranges)
        {
            allocated[range.Cidr.Family.ToString()] = CaseParts.Array(range.Allocated().Select(address => address.ToString()));
        }

        return allocated;
    }

    // The recordings leave out the status.
    private static JsonObject Describe(Service service)
    {
        var described = JsonNode.Parse(KubernetesJson.SerializeToUtf8Bytes(service))!.AsObject();
        described.Remove("status");
        return described;
    }

    private static JsonObject Describe(ServiceError error)
    {
        var described = new JsonObject { ["code"] = error.Code, ["reason"] = error.Reason, ["message"] = error.Message };
        if (error.Causes.Length > 0)
        {
            described["causes"] = new JsonArray([.. error.Causes.Select(cause => (JsonNode)new JsonObject
            {
                ["field"] = cause.Field,
                ["reason"] = cause.Reason,
                ["message"] = cause.Message,
            })]);
        }

        return described;
    }

    private sealed class FamilyOrder : IRandomSource
    {
        public bool IsReversed { get; set; }

        public long Next(long exclusiveMax) => IsReversed ? exclusiveMax - 1 : 0;
    }
}
