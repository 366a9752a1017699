using K124.Sim.Api;

namespace K124.Sim.ControlPlane.Serving.Webhooks;

/// <summary>What came of a call of a webhook.</summary>
internal readonly record struct WebhookOutcome
{
    private readonly byte[]? _patch;

    /// <summary>Why the call failed, which the failure policy may pass over; null if it did not.</summary>
    public ApiStatus? Failure { get; private init; }

    /// <summary>Why the request is refused whatever the failure policy says; null if it is not.</summary>
    public ApiStatus? Refusal { get; private init; }

    /// <summary>Changes, as JSON patch; empty if there are none.</summary>
    public byte[] Patch
    {
        get => _patch ?? [];
        private init => _patch = value;
    }

    public static WebhookOutcome Allowed(byte[] patch) => new() { Patch = patch };

    public static WebhookOutcome Refused(ApiStatus status) => new() { Refusal = status };

    public static WebhookOutcome Failed(string webhook, string why) =>
        new() { Failure = StatusErrors.Internal($"failed calling webhook \"{webhook}\": {why}") };
}
