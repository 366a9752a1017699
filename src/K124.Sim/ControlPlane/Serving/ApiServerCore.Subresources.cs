using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Model;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Subresources.</content>
internal sealed partial class ApiServerCore
{
    private ApiResponse HandleSubresource(RequestScope scope) => (scope.Target.Subresource, scope.Target.Verb) switch
    {
        ("scale", _) => Scale(scope),
        ("binding", _) => Bind(scope, isCollection: false),
        ("eviction", _) => Evict(scope),
        ("token", _) => RequestToken(scope),
        ("finalize", _) => Finalize(scope),
        ("log", _) => ReadLog(scope),
        ("exec" or "attach" or "portforward" or "proxy", _) => Connect(scope),
        (_, "get") => Get(scope),
        (_, "update") => Update(scope, scope.Target.Subresource),
        _ => Patch(scope, scope.Target.Subresource),
    };

    /// <summary>What answers to subresources that make nothing to show.</summary>
    private static ApiResponse Success201() => ApiResponse.Of(
        201, new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["code"] = 201 });

    private ApiResponse Finalize(RequestScope scope)
    {
        if (ReadBody(scope, out var body) is { } unreadable)
        {
            return Refuse(unreadable, scope);
        }

        var present = Store.Get(scope.Resource.Stored, new(scope.Target.Namespace, scope.Target.Name));
        return present is null
            ? Refuse(NotFound(scope), scope)
            : Finish(scope, UpdateObject(scope, Write(scope, body) with { Subresource = "finalize" }, present), 200);
    }

    private ApiResponse Bind(RequestScope scope, bool isCollection)
    {
        var bindings = Catalog.Find("", "v1", "bindings") ?? scope.Resource;
        if (ReadBody(scope with { Resource = bindings }, out var document) is { } unreadable)
        {
            return Refuse(unreadable, scope);
        }

        var body = document as JsonObject;
        var metadata = body.Object("metadata");
        var name = isCollection ? metadata.Text("name") : scope.Target.Name;
        if (metadata.Text("name") is { Length: > 0 } given && given != name)
        {
            return Refuse(StatusErrors.BadRequest("name in URL does not match name in Binding object"), scope);
        }

        if (CheckTargetOfBinding(body.Object("target")) is { } wrong)
        {
            return Refuse(StatusErrors.InternalText(wrong), scope);
        }

        var pods = Catalog.Find("", "v1", "pods")!;
        if (Store.Get(pods.Stored, new(scope.Target.Namespace, name)) is not { } present)
        {
            return Refuse(StatusErrors.NotFound("", "pods", name), scope);
        }

        if (CheckBinding(present, metadata.Text("uid")) is { } conflict)
        {
            return Refuse(conflict, scope);
        }

        if (!scope.IsDryRun)
        {
            Store.Update(pods.Stored, present.Key, Bound(scope, pods, present, body!));
        }

        return Success201();
    }

    private static string? CheckTargetOfBinding(JsonObject? target)
    {
        var errors = new List<string>();
        if (target.Text("kind") is not ("" or "Node"))
        {
            errors.Add($"target.kind: Unsupported value: \"{target.Text("kind")}\": supported values: \"Node\", \"<empty>\"");
        }

        if (target.Text("name").Length == 0)
        {
            errors.Add("target.name: Required value");
        }

        return errors.Count switch { 0 => null, 1 => errors[0], _ => $"[{string.Join(", ", errors)}]" };
    }

    private static ApiStatus? CheckBinding(StoredObject present, string uid)
    {
        var metadata = present.Tree.Object("metadata");
        var name = present.Key.Name;
        if (uid.Length > 0 && uid != metadata.Text("uid"))
        {
            return StatusErrors.Conflict(
                "", "pods", name,
                $"StorageError: invalid object, Code: 4, Key: /registry/pods/{present.Key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: "
                + $"UID in precondition: {uid}, UID in object meta: {metadata.Text("uid")}");
        }

        if (metadata.Has("deletionTimestamp"))
        {
            return StatusErrors.Conflict("", "pods/binding", name, $"pod {name} is being deleted, cannot be assigned to a host");
        }

        return present.Tree.Object("spec").Text("nodeName") is { Length: > 0 } node
            ? StatusErrors.Conflict("", "pods/binding", name, $"pod {name} is already assigned to node \"{node}\"")
            : null;
    }

    private static JsonObject Bound(RequestScope scope, ServedResource pods, StoredObject present, JsonObject body)
    {
        var tree = present.CopyTree();
        tree.Ensure("spec")["nodeName"] = body.Object("target").Text("name");
        foreach (var (name, value) in body.Object("metadata").Object("annotations") ?? [])
        {
            tree.Ensure("metadata").Ensure("annotations")[name] = value?.DeepClone();
        }

        var condition = new JsonObject { ["type"] = "PodScheduled", ["status"] = "True", ["lastProbeTime"] = null, ["lastTransitionTime"] = scope.Context.Now };
        var conditions = tree.Ensure("status").EnsureList("conditions");
        var at = 0;
        while (at < conditions.Count && (conditions[at] as JsonObject).Text("type") != "PodScheduled")
        {
            at++;
        }

        if (at < conditions.Count)
        {
            conditions[at] = condition;
        }
        else
        {
            conditions.Add((JsonNode)condition);
        }

        Kinds.Schema.ObjectWriter.Complete(pods.Schema!, tree);
        Kinds.ObjectForms.DropEmptyMetadata(tree);
        return tree;
    }

    private ApiResponse ReadLog(RequestScope scope)
    {
        var query = scope.Query;
        if ((query.TryNumber("tailLines", out var tail) ?? query.TryNumber("limitBytes", out var limit)) is { } badNumber)
        {
            return Refuse(StatusErrors.BadRequest(badNumber), scope);
        }

        if (tail < 0)
        {
            const string Why = "must be greater than or equal to 0";
            return Refuse(
                StatusErrors.Invalid("", "PodLogOptions", scope.Target.Name, [new(FieldErrorType.Invalid, "tailLines", $"{tail}", Why)]), scope);
        }

        if (FindPod(scope) is not { } pod)
        {
            return Refuse(NotFound(scope), scope);
        }

        var spec = pod.Tree.Object("spec");
        var container = query["container"];
        if (container.Length > 0 && !Containers(spec).Contains(container))
        {
            return Refuse(StatusErrors.BadRequest($"container {container} is not valid for pod {scope.Target.Name}"), scope);
        }

        if (container.Length == 0 && spec.Count("containers") > 1)
        {
            var names = string.Join(' ', Names(spec, "containers"));
            return Refuse(StatusErrors.BadRequest($"a container name must be specified for pod {scope.Target.Name}, choose one of: [{names}]"), scope);
        }

        var node = spec.Text("nodeName");
        if (node.Length == 0)
        {
            return new() { Code = 204 };
        }

        return Refuse(StatusErrors.NotFound("", "pods", node), scope);
    }

    /// <summary>Nothing runs behind a pod that one could connect to.</summary>
    private ApiResponse Connect(RequestScope scope)
    {
        if (FindPod(scope) is not { } pod)
        {
            return Refuse(NotFound(scope), scope);
        }

        if (scope.Target.Subresource == "proxy")
        {
            return Refuse(StatusErrors.BadRequest("address not allowed"), scope);
        }

        var node = pod.Tree.Object("spec").Text("nodeName");
        return Refuse(
            node.Length == 0 ? StatusErrors.BadRequest($"pod {scope.Target.Name} does not have a host assigned") : StatusErrors.NotFound("", "pods", node), scope);
    }

    private StoredObject? FindPod(RequestScope scope) => Store.Get(scope.Resource.Stored, new(scope.Target.Namespace, scope.Target.Name));

    private static IEnumerable<string> Containers(JsonObject? spec) =>
        [.. Names(spec, "containers"), .. Names(spec, "initContainers"), .. Names(spec, "ephemeralContainers")];

    private static List<string> Names(JsonObject? spec, string member)
    {
        var names = new List<string>();
        foreach (var item in spec.Objects(member))
        {
            names.Add(item.Text("name"));
        }

        return names;
    }
}
