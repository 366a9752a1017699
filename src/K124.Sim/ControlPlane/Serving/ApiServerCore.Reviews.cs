using System.Collections.Immutable;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Schema;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Questions about access and tokens.</content>
internal sealed partial class ApiServerCore
{
    private const string Audience = "https://kubernetes.default.svc";

    private ApiResponse Review(RequestScope scope)
    {
        if (ReadReview(scope, out var tree) is { } unreadable)
        {
            return Refuse(unreadable, scope);
        }

        var spec = tree.Ensure("spec");
        var refusal = scope.Resource.Type.Plural switch
        {
            "tokenreviews" => ReviewToken(tree, spec),
            "selfsubjectrulesreviews" => ReviewRules(scope, tree, spec),
            _ => ReviewAccess(scope, tree, spec),
        };
        if (refusal is not null)
        {
            return Refuse(refusal, scope);
        }

        ObjectWriter.Complete(scope.Resource.Type.Schema!, tree);
        return Respond(scope, 201, tree);
    }

    private ApiStatus? ReadReview(RequestScope scope, out JsonObject tree)
    {
        tree = [];
        if (ReadBody(scope, out var body) is { } unreadable)
        {
            return unreadable;
        }

        if (WriteOptions.Check("create", scope.Query, isApply: false) is { } wrong)
        {
            return wrong;
        }

        if (ObjectForms.Read(Write(scope, body), scope.Context, out tree) is { } undecodable)
        {
            return undecodable;
        }

        var metadata = tree.Ensure("metadata");
        if (ObjectForms.CheckNamespace(Write(scope, body), metadata) is { } misplaced)
        {
            return misplaced;
        }

        if (scope.Resource.Type.Plural != "selfsubjectrulesreviews")
        {
            TrackOwners(scope, body, tree, null);
        }

        return null;
    }

    private ApiStatus? ReviewAccess(RequestScope scope, JsonObject tree, JsonObject spec)
    {
        var (resource, path) = (spec.Object("resourceAttributes"), spec.Object("nonResourceAttributes"));
        var isSelf = scope.Resource.Type.Plural == "selfsubjectaccessreviews";
        var errors = new List<FieldError>();
        if (resource is not null && path is not null)
        {
            errors.Add(new(
                FieldErrorType.Invalid, "spec.nonResourceAttributes",
                $"authorization.NonResourceAttributes{{Path:{GoText.Quote(path.Text("path"))}, Verb:{GoText.Quote(path.Text("verb"))}}}",
                "cannot be specified in combination with resourceAttributes"));
        }
        else if (resource is null && path is null)
        {
            errors.Add(new(FieldErrorType.Invalid, "spec.resourceAttributes", "\"null\"", "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }

        if (!isSelf && spec.Text("user").Length == 0 && spec.Count("groups") == 0)
        {
            errors.Add(new(FieldErrorType.Invalid, "spec.user", "\"\"", "at least one of user or group must be specified"));
        }

        if (errors.Count > 0)
        {
            return StatusErrors.Invalid("authorization.k8s.io", "", "", errors);
        }

        if (scope.Target.Namespace.Length > 0 && resource.Text("namespace") != scope.Target.Namespace)
        {
            return StatusErrors.BadRequest($"spec.resourceAttributes.namespace must match namespace: {scope.Target.Namespace}");
        }

        var user = isSelf ? scope.User : new UserInfo { Name = spec.Text("user"), Uid = spec.Text("uid"), Groups = [.. spec.Texts("groups")] };
        var attributes = resource is not null
            ? new AccessAttributes(
                resource.Text("verb"), resource.Text("group"), resource.Text("resource"), resource.Text("subresource"), resource.Text("namespace"), resource.Text("name"))
            : new AccessAttributes(path.Text("verb"), Path: path.Text("path"));
        var allowed = Allows(user, attributes, out var reason);
        var status = new JsonObject { ["allowed"] = allowed };
        status.Set("reason", reason);
        tree["status"] = status;
        return null;
    }

    private ApiStatus? ReviewRules(RequestScope scope, JsonObject tree, JsonObject spec)
    {
        var ns = spec.Text("namespace");
        if (ns.Length == 0)
        {
            return StatusErrors.BadRequest("no namespace on request");
        }

        var (resources, paths) = (new JsonArray(), new JsonArray());
        foreach (var rule in _authorizer.RulesOf(scope.User, ns))
        {
            (rule.Count("resources") > 0 ? resources : paths).Add(rule.DeepClone());
        }

        // What was asked is not told again.
        tree["spec"] = new JsonObject();
        tree["status"] = new JsonObject { ["resourceRules"] = resources, ["nonResourceRules"] = paths, ["incomplete"] = false };
        return null;
    }

    private ApiStatus? ReviewToken(JsonObject tree, JsonObject spec)
    {
        var token = spec.Text("token");
        if (token.Length == 0)
        {
            return StatusErrors.BadRequest("token is required for TokenReview in authentication");
        }

        var wanted = spec.Texts("audiences");
        var user = UserOfToken(token);
        var status = new JsonObject();
        if (user is null)
        {
            status["user"] = new JsonObject();
            status["error"] = "invalid bearer token";
        }
        else if (wanted.Count > 0 && !wanted.Contains(Audience))
        {
            var printed = string.Join(' ', wanted.Select(GoText.Quote));
            status["user"] = new JsonObject();
            status["error"] = $"[invalid bearer token, token audiences [{GoText.Quote(Audience)}] is invalid for the target audiences [{printed}]]";
        }
        else
        {
            status["authenticated"] = true;
            status["user"] = Describe(user);
            status["audiences"] = new JsonArray(Audience);
        }

        tree["status"] = status;
        return null;
    }

    private static JsonObject Describe(UserInfo user)
    {
        var tree = new JsonObject { ["username"] = user.Name };
        tree.Set("uid", user.Uid);
        tree["groups"] = new JsonArray([.. user.Groups.Select(group => (JsonNode)group)]);
        return tree;
    }

    private ApiResponse RequestToken(RequestScope scope)
    {
        const long Hour = 3600;
        const long ShortestSeconds = 600;
        const long LongestSeconds = 1L << 32;
        if (!ResourceTypes.Instance.TryGetKind("authentication.k8s.io/v1", "TokenRequest", out var type)
            && !SchemaFacts.Instance.TryGetKind("authentication.k8s.io", "v1", "TokenRequest", out _))
        {
            return Refuse(Refusals.NoSuchResource, scope);
        }

        SchemaFacts.Instance.TryGetKind("authentication.k8s.io", "v1", "TokenRequest", out var schema);
        if (ReadDocument(scope.Request, out var document, out var refusal) is { } error)
        {
            refusal = StatusErrors.BadRequest($"the object provided is unrecognized (must be of type TokenRequest): {error} ({Sample(scope.Request.Body.Span)})");
        }

        if (refusal is not null)
        {
            return Refuse(refusal, scope);
        }

        if (FindPod(scope) is not { } account)
        {
            return Refuse(NotFound(scope), scope);
        }

        var tree = ObjectDecoder.Decode(schema!, document, out _);
        var spec = tree.Ensure("spec");
        var seconds = spec.NumberOrNull("expirationSeconds") ?? Hour;
        if (seconds is < ShortestSeconds or > LongestSeconds)
        {
            var why = seconds < ShortestSeconds ? "may not specify a duration less than 10 minutes" : "may not specify a duration larger than 2^32 seconds";
            return Refuse(
                StatusErrors.Invalid("authentication.k8s.io", "TokenRequest", "", [new(FieldErrorType.Invalid, "spec.expirationSeconds", $"{seconds}", why)]), scope);
        }

        if (CheckBoundObject(scope, spec.Object("boundObjectRef")) is { } unbound)
        {
            return Refuse(unbound, scope);
        }

        spec["expirationSeconds"] = seconds;
        var metadata = new JsonObject { ["name"] = account.Key.Name, ["namespace"] = account.Key.Namespace, ["creationTimestamp"] = scope.Context.Now };
        tree["kind"] = "TokenRequest";
        tree["apiVersion"] = "authentication.k8s.io/v1";
        tree["metadata"] = metadata;
        if (TokenOwners(scope, tree) is { } owners)
        {
            metadata["managedFields"] = owners;
        }

        if (spec.Count("audiences") == 0)
        {
            spec["audiences"] = new JsonArray(Audience);
        }

        var expires = UtcNow + TimeSpan.FromSeconds(seconds);
        tree["status"] = new JsonObject
        {
            ["token"] = ServiceAccountTokens.Make(account, spec.Texts("audiences"), UtcNow, expires),
            ["expirationTimestamp"] = ApiTimes.Seconds(expires),
        };
        ObjectWriter.Complete(schema!, tree);
        return Respond(scope, 201, tree);
    }

    private static JsonNode? TokenOwners(RequestScope scope, JsonObject tree)
    {
        var owners = new Patching.Apply.FieldManager(new()
        {
            ApiVersion = "authentication.k8s.io/v1",
            Kind = "TokenRequest",
            Subresource = "token",
            TypeOf = Patching.Typing.BuiltInTypes.Instance.Of,
            Empty = [],
        });
        var copy = (JsonObject)tree.DeepClone();
        copy.Remove("metadata");
        copy["metadata"] = new JsonObject();
        owners.Update(null, copy, scope.FieldManager, scope.Context.Now);
        return copy.Object("metadata")?["managedFields"]?.DeepClone();
    }

    private ApiStatus? CheckBoundObject(RequestScope scope, JsonObject? reference)
    {
        if (reference is null)
        {
            return null;
        }

        var (kind, apiVersion, name) = (reference.Text("kind"), reference.Text("apiVersion"), reference.Text("name"));
        if (apiVersion != "v1" || kind is not ("Pod" or "Secret"))
        {
            var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
            var (group, version) = slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
            return StatusErrors.BadRequest($"cannot bind token to object of type {group}/{version}, Kind={kind}");
        }

        var plural = kind == "Pod" ? "pods" : "secrets";
        return _reader.Get("", plural, scope.Target.Namespace, name) is { } found
            ? reference.Text("uid") is { Length: > 0 } uid && uid != found.Object("metadata").Text("uid")
                ? StatusErrors.Conflict("", plural, name, $"the UID in the bound object reference ({uid}) does not match the UID in record. The object might have been deleted and then recreated")
                : null
            : StatusErrors.NotFound("", plural, name);
    }
}
