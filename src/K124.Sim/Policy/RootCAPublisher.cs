using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>Keeps a config map with the cluster's root certificate in every active namespace.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/certificates/rootcacertpublisher.</remarks>
/// <param name="certificate">The certificate as PEM text; null to leave the config maps that are there as they are.</param>
internal sealed class RootCAPublisher(string? certificate) : IReconciler
{
    private const string MapName = "kube-root-ca.crt";
    private const string DataKey = "ca.crt";
    private const string DescriptionKey = "kubernetes.io/description";
    private const string Description = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

    public string Name => "root-ca-certificate-publisher-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Namespace>(), ApiKind.Of<ConfigMap>()];

    public IReconciler Fork() => new RootCAPublisher(certificate);

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        switch (change.Object)
        {
            case Namespace space when change.Type != ChangeType.Deleted:
                queue.Add(new("", space.Metadata.Name));
                break;
            case ConfigMap { Metadata.Name: MapName } map when change.Type != ChangeType.Added:
                queue.Add(new("", map.Metadata.Namespace));
                break;
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<Namespace>(key) is not { Status.Phase: "Active" or "", Metadata.DeletionTimestamp: null })
        {
            return Reconciliation.Done;
        }

        var present = cache.Get<ConfigMap>(new(key.Name, MapName));
        if (present is null)
        {
            var made = api.Create(new ConfigMap
            {
                Metadata = new() { Name = MapName, Namespace = key.Name, Annotations = StringMap.Of((DescriptionKey, Description)) },
                Data = Wanted(cache),
            });
            return made.Succeeded || made.Status.IsNamespaceTerminating() || made.Status.IsAlreadyExists() ? Reconciliation.Done : new(made.Status.Message);
        }

        var annotations = present.Metadata.Annotations;
        if (certificate is null || (present.Data.Equals(Wanted(cache)) && annotations.TryGetValue(DescriptionKey, out var text) && text.Length > 0))
        {
            return Reconciliation.Done;
        }

        var written = api.Update(present with { Data = Wanted(cache), Metadata = present.Metadata with { Annotations = annotations.With(DescriptionKey, Description) } });
        return written.Succeeded ? Reconciliation.Done : new(written.Status.Message);
    }

    /// <summary>A cluster whose certificate is not told shows it in the config maps that it has.</summary>
    private StringMap<string> Wanted(IObjectReader cache) =>
        certificate is null && cache.Get<ConfigMap>(new("kube-system", MapName)) is { } other ? other.Data : StringMap.Of((DataKey, certificate ?? ""));
}
