using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Validation;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Evictions of pods.</content>
internal sealed partial class ApiServerCore
{
    private const int MostDisruptedPods = 2000;
    private const int RetryEvictionSeconds = 10;

    private ApiResponse Evict(RequestScope scope)
    {
        if (ReadDocument(scope.Request, out var document, out var refusal) is { } error)
        {
            refusal = StatusErrors.BadRequest($"the object provided is unrecognized (must be of type Eviction): {error} ({Sample(scope.Request.Body.Span)})");
        }

        if (refusal is not null)
        {
            return Refuse(refusal, scope);
        }

        var body = document as JsonObject;
        if (body.Text("kind") is { Length: > 0 } kind && kind != "Eviction")
        {
            var apiVersion = body.Text("apiVersion");
            return Refuse(
                StatusErrors.BadRequest(
                    $"{kind} in version \"{apiVersion[(apiVersion.LastIndexOf('/') + 1)..]}\" cannot be handled as a Eviction: no kind \"{kind}\" is registered for version "
                    + $"\"{apiVersion}\" in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\""),
                scope);
        }

        if (body.Object("metadata").Text("name") != scope.Target.Name)
        {
            return Refuse(StatusErrors.BadRequest("name in URL does not match name in Eviction object"), scope);
        }

        if (FindPod(scope) is not { } pod)
        {
            return Refuse(NotFound(scope), scope);
        }

        if (DeleteRequest.Read(new RequestQuery(""), body.Object("deleteOptions") ?? [], out var options) is { } wrong)
        {
            return Refuse(wrong, scope);
        }

        var isDryRun = scope.IsDryRun || options.IsDryRun;
        if (!IgnoresBudgets(pod.Tree) && TakeDisruption(scope, pod, isDryRun) is { } refused)
        {
            return Refuse(refused, scope);
        }

        var result = DeleteObject(scope with { Target = scope.Target with { Subresource = "", Verb = "delete" } }, pod, options with { IsDryRun = isDryRun }, out _);
        return result.Succeeded ? Success201() : Refuse(result.Status, scope);
    }

    private static bool IgnoresBudgets(JsonObject pod) =>
        pod.Object("status").Text("phase") is "Succeeded" or "Failed" or "Pending" || pod.Object("metadata").Has("deletionTimestamp");

    /// <summary>Takes one disruption from the budget that covers a pod.</summary>
    private ApiStatus? TakeDisruption(RequestScope scope, StoredObject pod, bool isDryRun)
    {
        var budgets = Store.Resource(new("policy", "poddisruptionbudgets"));
        var labels = pod.Tree.Object("metadata").Object("labels");
        var covering = Store.List(budgets, pod.Key.Namespace)
            .Where(budget => LabelMatch.Matches(budget.Tree.Object("spec").Object("selector"), labels)).ToList();
        if (covering.Count > 1)
        {
            return StatusErrors.InternalText("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }

        if (covering.Count == 0)
        {
            return null;
        }

        var budget = covering[0];
        var status = budget.Tree.Object("status");
        if (!IsReady(pod.Tree) && status.Number("desiredHealthy") > 0 && status.Number("currentHealthy") >= status.Number("desiredHealthy"))
        {
            return null;
        }

        if (status.Number("observedGeneration") < budget.Tree.Object("metadata").Number("generation"))
        {
            return TooMany($"The disruption budget {budget.Key.Name} is still being processed by the server.", RetryEvictionSeconds);
        }

        var allowed = status.Number("disruptionsAllowed");
        if (allowed <= 0)
        {
            return TooMany(
                FormattableString.Invariant(
                    $"The disruption budget {budget.Key.Name} needs {status.Number("desiredHealthy")} healthy pods and has {status.Number("currentHealthy")} currently"),
                0);
        }

        if (status.Object("disruptedPods") is { Count: > MostDisruptedPods })
        {
            return StatusErrors.Forbidden("policy", "poddisruptionbudgets", budget.Key.Name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }

        if (!isDryRun)
        {
            WriteStatus(Catalog.Find("policy", "v1", "poddisruptionbudgets")!, budget, Disrupted(scope, budget, pod.Key.Name, allowed - 1));
        }

        return null;
    }

    private static JsonObject Disrupted(RequestScope scope, StoredObject budget, string pod, long left)
    {
        var tree = budget.CopyTree();
        var status = tree.Ensure("status");
        status["disruptionsAllowed"] = left;
        status.Ensure("disruptedPods")[pod] = scope.Context.Now;
        if (left == 0)
        {
            SetDisallowed(scope, tree, status);
        }

        return tree;
    }

    private static void SetDisallowed(RequestScope scope, JsonObject tree, JsonObject status)
    {
        const string Type = "DisruptionAllowed";
        var conditions = status.EnsureList("conditions");
        var condition = conditions.OfType<JsonObject>().FirstOrDefault(item => item.Text("type") == Type);
        if (condition is null)
        {
            condition = new() { ["type"] = Type };
            conditions.Add((JsonNode)condition);
        }

        if (condition.Text("status") != "False")
        {
            condition["lastTransitionTime"] = scope.Context.Now;
        }

        condition["status"] = "False";
        condition["reason"] = "InsufficientPods";
        condition["message"] = "";
        condition["observedGeneration"] = status.Number("observedGeneration");
    }

    private static bool IsReady(JsonObject pod) =>
        pod.Object("status").Objects("conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    private static ApiStatus TooMany(string why, int retryAfterSeconds) => new()
    {
        Code = 429,
        Reason = "TooManyRequests",
        Message = "Cannot evict pod as it would violate the pod's disruption budget.",
        Details = new() { Causes = ImmutableArray.Create(new ApiStatusCause("DisruptionBudget", why)), RetryAfterSeconds = retryAfterSeconds },
    };
}
