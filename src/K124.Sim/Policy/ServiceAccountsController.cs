using System.Collections.Immutable;
using K124.Sim.Api;
using K124.Sim.Model;

namespace K124.Sim.Policy;

/// <summary>Gives every active namespace its account <c>default</c>.</summary>
/// <remarks>Kubernetes 1.24 pkg/controller/serviceaccount.</remarks>
internal sealed class ServiceAccountsController : IReconciler
{
    private const string Account = "default";

    public string Name => "service-account-controller";

    public ImmutableArray<ApiKind> Watches => [ApiKind.Of<Namespace>(), ApiKind.Of<ServiceAccount>()];

    public IReconciler Fork() => new ServiceAccountsController();

    public void Observe(in ObjectChange change, IObjectReader cache, IWorkQueue queue)
    {
        switch (change.Object)
        {
            case Namespace space when change.Type != ChangeType.Deleted:
                queue.Add(new("", space.Metadata.Name));
                break;
            case ServiceAccount { Metadata.Name: Account } account when change.Type == ChangeType.Deleted:
                queue.Add(new("", account.Metadata.Namespace));
                break;
        }
    }

    public Reconciliation Reconcile(ObjectKey key, IObjectReader cache, IApiClient api, IWorkQueue queue)
    {
        if (cache.Get<Namespace>(key) is not { Status.Phase: "Active" or "", Metadata.DeletionTimestamp: null }
            || cache.Get<ServiceAccount>(new(key.Name, Account)) is not null)
        {
            return Reconciliation.Done;
        }

        var result = api.Create(new ServiceAccount { Metadata = new() { Name = Account, Namespace = key.Name } });
        return result.Succeeded || result.Status.IsNamespaceTerminating() || result.Status.IsAlreadyExists() ? Reconciliation.Done : new(result.Status.Message);
    }
}
