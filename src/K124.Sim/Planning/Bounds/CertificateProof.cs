using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace K124.Sim.Planning.Bounds;

/// <summary>Checks certificates by their own numbers alone.</summary>
internal static class CertificateProof
{
    /// <summary>Steps after which a search that still has no answer counts as failed.</summary>
    private const long MostSteps = 400_000_000;

    public static CertificateCheck Check(Certificate certificate, CancellationToken cancellationToken)
    {
        if (Malformed(certificate) is { } fault)
        {
            return new(false, fault);
        }

        if (certificate.Digest != DigestOf(certificate))
        {
            return new(false, "the certificate was changed after it was issued: its digest differs");
        }

        foreach (var group in certificate.Bins.GroupBy(static bin => string.Join(',', bin.Refuses), StringComparer.Ordinal))
        {
            if (WorthMore([.. group], certificate, cancellationToken) is { } excess)
            {
                return new(false, excess);
            }
        }

        var total = TotalOf(certificate);
        return total == certificate.Total
            ? new(true, "")
            : new(false, string.Create(CultureInfo.InvariantCulture, $"the worths add up to {total}, not to {certificate.Total}"));
    }

    /// <summary>All worths, less the excess of bins of limited number.</summary>
    public static Int128 TotalOf(Certificate certificate)
    {
        Int128 total = 0;
        foreach (var shape in certificate.Shapes)
        {
            total += (Int128)shape.Count * shape.Worth;
        }

        foreach (var bin in certificate.Bins)
        {
            total -= (Int128)(bin.Limit ?? 0) * Math.Max(0, bin.Worth - bin.Cost);
        }

        return total;
    }

    public static string DigestOf(Certificate certificate)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{certificate.Objective}\n{certificate.Scale}\n{certificate.Total}\n{string.Join('\n', certificate.Resources)}\n");
        foreach (var shape in certificate.Shapes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{shape.Name}\n{shape.Count} {shape.Worth} {string.Join(' ', shape.Requests)}\n");
        }

        foreach (var bin in certificate.Bins)
        {
            text.Append(CultureInfo.InvariantCulture, $"{bin.Name}\n{bin.Cost} {bin.Limit} {bin.Worth} {string.Join(' ', bin.Capacity)} / {string.Join(' ', bin.Refuses)}\n");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string? Malformed(Certificate certificate)
    {
        var width = certificate.Resources.Length;
        if (certificate.Scale <= 0)
        {
            return "the scale is not above 0";
        }

        foreach (var shape in certificate.Shapes)
        {
            if (shape.Count < 0 || shape.Worth < 0 || shape.Requests.IsDefault || shape.Requests.Length != width || shape.Requests.Any(static amount => amount < 0))
            {
                return $"the shape '{shape.Name}' has an amount that is missing or below 0";
            }
        }

        foreach (var bin in certificate.Bins)
        {
            if (bin.Cost < 0 || bin.Limit < 0 || bin.Worth < 0 || bin.Capacity.IsDefault || bin.Capacity.Length != width || bin.Capacity.Any(static amount => amount < 0)
                || bin.Refuses.IsDefault || bin.Refuses.Any(shape => shape < 0 || shape >= certificate.Shapes.Length))
            {
                return $"the bin '{bin.Name}' has an amount that is missing or below 0";
            }

            if (bin.Limit is null && bin.Worth > bin.Cost)
            {
                return $"the bin '{bin.Name}' may be worth more than it costs";
            }
        }

        return null;
    }

    /// <summary>Looks for a packing that is worth more than is claimed.</summary>
    private static string? WorthMore(CertificateBin[] bins, Certificate certificate, CancellationToken cancellationToken)
    {
        var refused = bins[0].Refuses.ToHashSet();
        var largest = Enumerable.Range(0, certificate.Resources.Length).Select(resource => bins.Max(bin => bin.Capacity[resource])).ToArray();
        var search = new PatternSearch(
            [.. certificate.Shapes.Select((shape, i) => new PatternItem(refused.Contains(i) ? 0 : shape.Worth, [.. shape.Requests], shape.Count))],
            largest);
        foreach (var bin in bins)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = search.Find([.. bin.Capacity], moreThan: bin.Worth, MostSteps, cancellationToken);
            if (found.Pattern is not null)
            {
                return string.Create(CultureInfo.InvariantCulture, $"a packing of the bin '{bin.Name}' is worth {found.Worth}, more than {bin.Worth}");
            }

            if (!found.IsExhaustive)
            {
                return $"the search for packings of the bin '{bin.Name}' did not come to an end";
            }
        }

        return null;
    }
}
