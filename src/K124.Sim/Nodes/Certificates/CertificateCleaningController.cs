using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using K124.Sim.Api;
using K124.Sim.Model;
using K124.Sim.Platform.Certificates;

namespace K124.Sim.Nodes.Certificates;

/// <summary>Deletes requests that nobody needs any more; it looks once an hour, as long as there are any.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/certificates/cleaner.</remarks>
internal sealed class CertificateCleaningController : IComponent, IClocked, IRetrying
{
    private static readonly long Hour = TimeSpan.FromHours(1).Ticks;

    private readonly long _start;
    private readonly HashSet<ObjectKey> _keys;

    public CertificateCleaningController(DateTimeOffset start) => (_start, _keys) = (start.UtcTicks, []);

    private CertificateCleaningController(CertificateCleaningController other)
    {
        (_start, NextTicks, Now) = (other._start, other.NextTicks, other.Now);
        _keys = [.. other._keys];
    }

    public string Name => "csrcleaner";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<CertificateSigningRequest>()];

    public long NextTicks { get; private set; } = long.MaxValue;

    /// <summary>A cluster whose requests only wait to be cleaned away is quiet.</summary>
    public long NextTicksBesideRetries => long.MaxValue;

    public DateTimeOffset Now { get; set; }

    public void Observe(in ObjectChange change, IObjectReader cache)
    {
        if (change.Type == ChangeType.Deleted)
        {
            _keys.Remove(ObjectKey.Of(change.Object));
            NextTicks = _keys.Count == 0 ? long.MaxValue : NextTicks;
        }
        else if (_keys.Add(ObjectKey.Of(change.Object)) && _keys.Count == 1)
        {
            NextTicks = NextHour(Now.UtcTicks);
        }
    }

    public void Work(IObjectReader cache, IApiClient api)
    {
        ArgumentNullException.ThrowIfNull(api);
        foreach (var key in _keys.OrderBy(static key => key.Name, StringComparer.Ordinal).ToArray())
        {
            if (cache.Get<CertificateSigningRequest>(key) is { } request && CertificateCleaner.IsDeleted(SigningCases.Of(request), EndOf(request), api.Now))
            {
                api.Delete<CertificateSigningRequest>(key);
            }
        }

        NextTicks = _keys.Count == 0 ? long.MaxValue : NextHour(api.Now.UtcTicks);
    }

    public IComponent Fork() => new CertificateCleaningController(this);

    private static DateTimeOffset? EndOf(CertificateSigningRequest request)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(SigningCases.Decode(request.Status?.Certificate ?? ""));
            return new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private long NextHour(long now) => now + Hour - ((now - _start) % Hour);
}
