using System.Globalization;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Watches.</content>
internal sealed partial class ApiServerCore
{
    private const int LeastTimeoutSeconds = 1800;

    private ApiResponse Watch(RequestScope scope)
    {
        if (ListRequest.ReadWatch(scope, out var list) is { } wrong)
        {
            return Refuse(wrong, scope);
        }

        var stored = scope.Resource.Stored;
        var table = Store.Table(stored);
        var stream = new WatchStream(Store, scope.Resource, scope.Output, list, scope.Target.Namespace, scope.Query["includeObject"])
        {
            Deadline = UtcNow + TimeSpan.FromSeconds(list.TimeoutSeconds is > 0 and var seconds ? seconds : LeastTimeoutSeconds),
        };
        if (list.Version == 0)
        {
            stream.StartFromPresent(table);
        }
        else if (!scope.HasCache && list.Version < Store.CompactedRevision)
        {
            stream.Fail(Refusals.Expired("The resourceVersion for the provided watch is too old."));
        }
        else if (scope.HasCache && list.Version < table.Window.StartRevision)
        {
            var oldest = table.Window.StartRevision.ToString(CultureInfo.InvariantCulture);
            stream.Fail(Refusals.Expired(FormattableString.Invariant($"too old resource version: {list.Version} ({oldest})")));
        }
        else
        {
            stream.StartAfter(table, list.Version);
        }

        return new() { Code = 200, Watch = stream };
    }
}
