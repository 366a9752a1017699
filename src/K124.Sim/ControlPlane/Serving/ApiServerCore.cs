using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.ControlPlane.Serving.Faults;
using K124.Sim.Kinds;
using K124.Sim.Kinds.Protobuf;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>The API server of 1.24 over a store: a function from requests to answers, at the time of the store.</summary>
internal sealed partial class ApiServerCore
{
    private const int MaxBody = 3 * 1024 * 1024;

    // Events come and go too fast to be kept twice.
    private const string Uncached = "events";
    private const string NotFoundText = "404 page not found\n";

    private readonly ApiServerOptions _options;
    private readonly SeededNames _names;
    private readonly FaultSource? _faults;
    private readonly StoreReader _reader;
    private readonly RbacAuthorizer _authorizer;
    private readonly CustomCatalog _custom;
    private readonly DateTimeOffset _started;

    /// <summary>Makes a server over a store.</summary>
    /// <param name="store">The store; what a fresh server brings along is added unless it is there.</param>
    /// <param name="options">How the server is set up.</param>
    public ApiServerCore(ObjectStore store, ApiServerOptions? options = null)
        : this(store, options ?? new(), new((options ?? new()).Profile.Seed), new(store), options?.Faults is { } faults ? new(faults) : null)
    {
        Bootstrap.Run(this);
    }

    private ApiServerCore(ObjectStore store, ApiServerOptions options, SeededNames names, ResourceCatalog catalog, FaultSource? faults)
    {
        _faults = faults;
        Store = store;
        _options = options;
        _names = names;
        Catalog = catalog;
        _reader = new(store);
        _authorizer = new(_reader);
        _custom = new(store);
        _started = store.UtcNow;
        Services = new(options.ServiceRange, options.Profile.Seed);
    }

    public ObjectStore Store { get; }

    public ResourceCatalog Catalog { get; }

    /// <summary>Addresses and ports of services.</summary>
    public ServiceAddresses Services { get; }

    private DateTimeOffset UtcNow => Store.UtcNow;

    /// <summary>A server over a fork of the store.</summary>
    public ApiServerCore Fork() => new(Store.Fork(), _options, _names.Fork(), Catalog, _faults?.Fork());

    /// <summary>Handles one request at the present of the store.</summary>
    private ApiResponse Serve(ApiRequest request)
    {
        var accept = request.Header("accept");
        if (Authenticate(request) is not { } user)
        {
            return Refuse(Refusals.Unauthorized, accept);
        }

        if (Impersonate(request, ref user) is { } notImpersonated)
        {
            return notImpersonated;
        }

        var query = new RequestQuery(request.Query);
        var target = RequestTarget.Of(request.Method, request.Path, query);
        if (Authorize(user, target) is { } forbidden)
        {
            return Forbid(forbidden);
        }

        return target.IsResource ? HandleResource(request, query, target, user) : HandlePath(request, target);
    }

    private static ApiResponse Forbid(ApiStatus status)
    {
        var response = StatusTree.Respond(status);
        response.Headers.Add(("X-Content-Type-Options", "nosniff"));
        return response;
    }

    private ApiResponse HandleResource(ApiRequest request, RequestQuery query, RequestTarget target, UserInfo user)
    {
        var accept = request.Header("accept");
        if (request.Path.StartsWith("//", StringComparison.Ordinal))
        {
            return ApiResponse.Text(404, NotFoundText);
        }

        if (FindResource(target) is not { } resource)
        {
            return Catalog.HasGroup(target.Group) ? Refuse(Refusals.NoSuchResource, accept) : ApiResponse.Text(404, NotFoundText);
        }

        if (CheckTarget(target, request.Method, resource) is { } wrong)
        {
            var refusal = Refuse(wrong, accept);
            if (resource.IsCustom)
            {
                WarnOfVersion(refusal, resource);
            }

            return refusal;
        }

        if (!OutputForm.PassesFilter(accept) && target.Subresource is not ("log" or "exec" or "attach" or "portforward" or "proxy"))
        {
            return StatusTree.Respond(Refusals.NotAcceptable);
        }

        if (target.Verb == "patch" && !resource.IsCustom && MediaRange.TypeOf(request.Header("content-type")) is not (JsonPatchType or MergePatchType or StrategicType or ApplyType))
        {
            // The route does not take the request, so nothing is warned of.
            return StatusTree.Respond(Refusals.UnknownPatchType);
        }

        if (query["fieldValidation"] is not ("" or "Ignore" or "Warn" or "Strict") && target.Verb is "create" or "update" or "patch")
        {
            return Refuse(WriteOptions.UnknownFieldValidation(target.Verb, query["fieldValidation"]), accept);
        }

        var scope = new RequestScope
        {
            Request = request,
            Query = query,
            Target = target,
            User = user,
            Resource = resource,
            HasCache = _options.HasWatchCache && resource.Type.Plural != Uncached,
            Context = new()
            {
                Objects = _reader,
                Now = ApiTimes.Seconds(UtcNow),
                Names = _names,
                Gates = _options.Profile.FeatureGates,
                User = user,
                IsDryRun = query.Has("dryRun"),
                Admission = _options.Admission,
            },
        };
        return WithWarnings(Dispatch(scope), scope);
    }

    private ApiResponse Dispatch(RequestScope scope)
    {
        var accept = scope.Request.Header("accept");
        var isWatch = scope.Target.Verb == "watch";
        var negotiated = isWatch
            ? OutputForm.ChooseWatch(accept, out var form)
            : OutputForm.Choose(accept, allowsShapes: scope.Target.Verb is "get" or "list" or "create" or "update" or "patch" or "delete" or "deletecollection", hasProtobuf: !scope.Resource.IsCustom, out form);
        if (negotiated is not null)
        {
            // A refusal can be written in forms that objects of the kind cannot.
            return scope.Resource.IsCustom ? Refuse(negotiated, accept) : StatusTree.Respond(negotiated);
        }

        scope = scope with { Output = form };
        if (scope.Resource.Type is { Group: "", Plural: "componentstatuses" })
        {
            return ReadComponents(scope);
        }

        if (scope.Target.Subresource.Length > 0)
        {
            return HandleSubresource(scope);
        }

        return scope.Target.Verb switch
        {
            "get" => Get(scope),
            "list" => List(scope),
            "watch" => Watch(scope),
            "create" => Create(scope),
            "update" => Update(scope, ""),
            "patch" => Patch(scope, ""),
            "delete" => Delete(scope),
            _ => DeleteCollection(scope),
        };
    }

    /// <summary>The served resource of a path; null if there is none.</summary>
    private ServedResource? FindResource(RequestTarget target) => (ServedResource?)Catalog.Find(target.Group, target.Version, target.Resource)
        ?? _custom.Find(target.Group, target.Version, target.Resource);

    private static ApiStatus? CheckTarget(RequestTarget target, string method, ServedResource resource)
    {
        var type = resource.Type;
        var hasName = target.Name.Length > 0;
        if (target.Subresource.Length > 0)
        {
            var verbs = resource.VerbsOf(target.Subresource);
            if (verbs.IsEmpty || (target.Rest.Length > 0 && target.Subresource != "proxy"))
            {
                return resource.IsCustom ? StatusErrors.NotFound(target.Group, target.Resource, target.Name) : Refusals.NoSuchResource;
            }

            return method is "HEAD" or "OPTIONS" || !verbs.Contains(target.Verb) ? Refusals.MethodNotAllowed : null;
        }

        if (type.IsNamespaced != target.Namespace.Length > 0 && (!type.IsNamespaced || hasName))
        {
            return Refusals.NoSuchResource;
        }

        var fits = target.Verb switch
        {
            "create" => !hasName,
            "update" or "patch" or "delete" or "get" => hasName,
            "watch" => true,
            _ => !hasName,
        };
        var isAcrossNamespaces = type.IsNamespaced && target.Namespace.Length == 0;
        return method is "HEAD" || !fits || !type.Verbs.Contains(target.Verb) || (isAcrossNamespaces && target.Verb is not ("list" or "watch"))
            ? Refusals.MethodNotAllowed
            : null;
    }

    private static void WarnOfVersion(ApiResponse response, ServedResource resource)
    {
        if (resource.Deprecation is { Length: > 0 } deprecation)
        {
            response.Headers.Add(("Warning", Warning(deprecation)));
        }
    }

    private static ApiResponse WithWarnings(ApiResponse response, RequestScope scope)
    {
        WarnOfVersion(response, scope.Resource);
        foreach (var text in scope.Context.Warnings)
        {
            response.Headers.Add(("Warning", Warning(text)));
        }

        return response;
    }

    private static string Warning(string text) =>
        $"299 - \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static ApiResponse Refuse(ApiStatus status, string accept, bool hasProtobuf = true)
    {
        var response = StatusTree.Respond(status);
        return OutputForm.Choose(accept, allowsShapes: true, hasProtobuf, out var form) is null ? Written(response, form) : response;
    }

    private static ApiResponse Refuse(ApiStatus status, RequestScope scope) =>
        Refuse(status, scope.Request.Header("accept"), hasProtobuf: !scope.Resource.IsCustom);

    /// <summary>Writes an answer in the form that was asked for.</summary>
    private static ApiResponse Written(ApiResponse response, OutputForm form) =>
        form.IsYaml ? Yaml(response) : form.IsProtobuf ? Protobuf(response) : response;

    private static ApiResponse Protobuf(ApiResponse response)
    {
        if (response.Tree is not JsonObject tree || !ProtobufAnswer.TryWrite(tree, out var body))
        {
            return response;
        }

        var result = new ApiResponse { Code = response.Code, ContentType = ProtobufType, Body = body };
        result.Headers.AddRange(response.Headers);
        return result;
    }

    private static ApiResponse Yaml(ApiResponse response)
    {
        var result = new ApiResponse { Code = response.Code, ContentType = "application/yaml", Body = Encoding.UTF8.GetBytes(GoYaml.Write(response.Tree)) };
        result.Headers.AddRange(response.Headers);
        return result;
    }

    private UserInfo? Authenticate(ApiRequest request)
    {
        const string Bearer = "bearer ";
        var authorization = request.Header("authorization");
        if (!authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Anonymous;
        }

        var token = authorization[Bearer.Length..].Trim();
        return UserOfToken(token);
    }

    private static UserInfo Anonymous { get; } = new() { Name = "system:anonymous", Groups = ["system:unauthenticated"] };

    /// <summary>Who a bearer token stands for; null if nobody.</summary>
    private UserInfo? UserOfToken(string token)
    {
        if (_options.Tokens.TryGetValue(token, out var user))
        {
            return user.Groups.Contains("system:authenticated") ? user : user with { Groups = user.Groups.Add("system:authenticated") };
        }

        return ServiceAccountTokens.Find(token, _reader, UtcNow);
    }

    private ApiStatus? Authorize(UserInfo user, RequestTarget target)
    {
        var attributes = AccessAttributes.Of(target);
        if (Allows(user, attributes, out _))
        {
            return null;
        }

        if (!target.IsResource)
        {
            return new()
            {
                Code = 403,
                Reason = "Forbidden",
                Message = $"forbidden: User {GoText.Quote(user.Name)} cannot {target.Verb} path {GoText.Quote(target.Path)}",
                Details = new(),
            };
        }

        return StatusErrors.Forbidden(target.Group, target.Resource, target.Name, AccessAttributes.Why(user, attributes));
    }

    private bool Allows(UserInfo user, AccessAttributes attributes, out string reason)
    {
        reason = "";
        return user.Groups.Contains("system:masters") || !_options.UsesRbac || _authorizer.Allows(user, attributes, out reason);
    }

    private ApiResponse? Impersonate(ApiRequest request, ref UserInfo user)
    {
        var name = request.Header("impersonate-user");
        var groups = request.Header("impersonate-group").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (name.Length == 0)
        {
            return groups.Length == 0
                ? null
                : ApiResponse.Text(
                    500, $"Internal Server Error: \"{request.Path}\": requested [{{Group  {groups[0]}    }}] without impersonating a user\n");
        }

        var wanted = new List<AccessAttributes> { AccessAttributes.Impersonating("", "users", name) };
        wanted.AddRange(groups.Select(group => AccessAttributes.Impersonating("", "groups", group)));
        foreach (var attributes in wanted)
        {
            if (!Allows(user, attributes, out _))
            {
                return Forbid(StatusErrors.Forbidden(attributes.Group, attributes.Resource, attributes.Name, AccessAttributes.Why(user, attributes)));
            }
        }

        ImmutableArray<string> all = groups.Length > 0 || name == Anonymous.Name ? [.. groups] : [];
        user = new() { Name = name, Groups = all.Contains("system:authenticated") ? all : all.Add("system:authenticated") };
        return null;
    }
}
