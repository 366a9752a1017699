namespace K124.Sim.Manifests.Internal;

/// <summary>Tells how many bytes are read, and stops when asked to.</summary>
internal sealed class CountingStream(Stream source, Action<int> onRead, CancellationToken cancellationToken) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var length = source.Read(buffer);
        onRead(length);
        return length;
    }
}
