using K124.Sim.Conformance.Controllers.Harness;
using K124.Sim.Networking;

namespace K124.Sim.Conformance.Controllers;

/// <summary>Recorded syncs of the controllers of endpoints.</summary>
internal static class EndpointsCases
{
    public static CaseOutcome Endpoints(RecordedCase recorded) => new SyncCase(recorded.Json).Verify(new EndpointsController(), new());

    public static CaseOutcome EndpointSlices(RecordedCase recorded)
    {
        var testCase = new SyncCase(recorded.Json);
        return testCase.Verify(new EndpointSliceController(testCase.Gates, testCase.Input("maxEndpointsPerSlice")!.Value.GetInt32()), new());
    }
}
