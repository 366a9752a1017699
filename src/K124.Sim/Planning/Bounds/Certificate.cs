using System.Collections.Immutable;
using System.Globalization;
using K124.Sim.Model;

namespace K124.Sim.Planning.Bounds;

/// <summary>Proves that less does not do: whoever places pods, whatever the order, needs at least <see cref="Bound"/>.</summary>
/// <remarks>
/// Every shape of pod has a worth, a whole number. If no packing of a bin is worth more than the bin costs, then pods that together are worth W need bins
/// that together cost W. Of bins of which there are only so many, those that are there already for instance, the excess of the best packing over the cost is
/// taken off. The worths are the dual prices of the configuration LP; that they are good makes the bound high, that they are checked makes it true.
/// </remarks>
public sealed record Certificate
{
    private readonly Items<string> _resources;
    private readonly Items<CertificateShape> _shapes;
    private readonly Items<CertificateBin> _bins;

    /// <summary>What is bounded.</summary>
    public required CertificateObjective Objective { get; init; }

    /// <summary>The resources that shapes ask for and bins have, in the order of their amounts: cpu in thousandths of a core, others in whole units.
    /// One named after a host port, or after pods that exclude one another, has one unit a node.</summary>
    public required ImmutableArray<string> Resources { get => _resources.Array; init => _resources = new(value); }

    /// <summary>The pods, by shape.</summary>
    public required ImmutableArray<CertificateShape> Shapes { get => _shapes.Array; init => _shapes = new(value); }

    /// <summary>What pods can be packed into.</summary>
    public required ImmutableArray<CertificateBin> Bins { get => _bins.Array; init => _bins = new(value); }

    /// <summary>How much of <see cref="CertificateBin.Cost"/> is one node, or one unit of price.</summary>
    public required long Scale { get; init; }

    /// <summary>What is proven to be needed, in the unit of <see cref="CertificateBin.Cost"/>: all worths, less the excess of bins of limited number.</summary>
    public required long Total { get; init; }

    /// <summary>SHA-256 of all of the above, in hexadecimal digits: tells a certificate that was changed since it was issued.</summary>
    public required string Digest { get; init; }

    /// <summary>What is needed at least: a whole number of nodes, or a price.</summary>
    public decimal Bound => Total <= 0 ? 0 : Objective == CertificateObjective.Nodes ? decimal.Ceiling((decimal)Total / Scale) : (decimal)Total / Scale;

    /// <summary>Checks the proof from its own numbers: for each bin, by exact search, that no packing is worth more than is claimed, and the sum.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>Whether it holds, and if not, what is wrong.</returns>
    /// <exception cref="OperationCanceledException">The check was stopped.</exception>
    public CertificateCheck Verify(CancellationToken cancellationToken = default) => CertificateProof.Check(this, cancellationToken);

    /// <summary>The certificate as a JSON document.</summary>
    /// <returns>The text, which <see cref="Parse"/> reads.</returns>
    public string ToJson() => CertificateJson.Write(this);

    /// <summary>Reads a certificate.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <returns>The certificate; nothing of it is checked yet.</returns>
    /// <exception cref="FormatException">The text is no certificate.</exception>
    public static Certificate Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return CertificateJson.Read(json);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"at least {Bound:0.######} {(Objective == CertificateObjective.Nodes ? "nodes" : "of price")}");
}
