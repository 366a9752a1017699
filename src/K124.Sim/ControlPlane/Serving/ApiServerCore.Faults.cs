using System.Globalization;
using K124.Sim.Api;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Faults between clients and the server.</content>
internal sealed partial class ApiServerCore
{
    private const string Overloaded = "Too many requests, please try again later.\n";

    /// <summary>Lets time pass before a request is handled.</summary>
    public Action<TimeSpan>? Wait { get; set; }

    /// <summary>Answers one request, with whatever goes wrong on its way.</summary>
    public ApiResponse Handle(ApiRequest request)
    {
        if (_faults is not { } faults)
        {
            return Serve(request);
        }

        var target = RequestTarget.Of(request.Method, request.Path, new(request.Query));
        var drawn = faults.Draw(target);
        foreach (var fault in drawn)
        {
            Prepare(fault);
        }

        foreach (var fault in drawn)
        {
            if (Answer(fault, request, target) is { } answer)
            {
                return answer;
            }
        }

        var response = Serve(request);
        foreach (var fault in drawn)
        {
            Spoil(response.Watch, fault);
        }

        return response;
    }

    private void Prepare(FaultRule fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Latency when Wait is { } wait:
                wait(fault.Delay);
                break;
            case FaultKind.Latency:
                Store.UtcNow += fault.Delay;
                break;
            case FaultKind.Compaction:
                Store.Compact();
                Store.RestartWatches();
                break;
        }
    }

    private ApiResponse? Answer(FaultRule fault, ApiRequest request, RequestTarget target)
    {
        switch (fault.Kind)
        {
            case FaultKind.Conflict:
                return StatusTree.Respond(StatusErrors.Conflict(
                    target.Group, target.Resource, target.Name,
                    "the object has been modified; please apply your changes to the latest version and try again"));
            case FaultKind.TooManyRequests:
                var refusal = ApiResponse.Text(429, Overloaded);
                refusal.Headers.Add(("Retry-After", fault.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture)));
                return refusal;
            case FaultKind.InternalError:
                if (fault.IsCarriedOut)
                {
                    Serve(request).Watch?.Close();
                }

                return StatusTree.Respond(StatusErrors.InternalText("etcdserver: request timed out"));
            default:
                return null;
        }
    }

    private void Spoil(WatchStream? watch, FaultRule fault)
    {
        if (watch is not null && fault.Kind == FaultKind.DroppedWatch)
        {
            watch.EndAfter(_faults!.Events(fault));
        }
        else if (watch is not null && fault.Kind == FaultKind.DuplicateBookmark)
        {
            watch.RepeatsBookmarks = true;
        }
    }
}
