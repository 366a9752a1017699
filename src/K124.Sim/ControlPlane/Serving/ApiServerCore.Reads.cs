using System.Globalization;
using System.Text.Json.Nodes;
using K124.Sim.Api;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <content>Reads of one object and of lists.</content>
internal sealed partial class ApiServerCore
{
    private ApiResponse Get(RequestScope scope)
    {
        if (CheckReadVersion(scope, scope.Query["resourceVersion"]) is { } wrongVersion)
        {
            return Refuse(wrongVersion, scope);
        }

        var target = scope.Target;
        return Store.Get(scope.Resource.Stored, new(target.Namespace, target.Name)) is { } found
            ? Respond(scope, 200, scope.Resource.FromStored(found))
            : Refuse(NotFound(scope), scope);
    }

    private ApiResponse List(RequestScope scope)
    {
        if (ListRequest.Read(scope, out var list) is { } wrong)
        {
            return Refuse(wrong, scope);
        }

        if (FindPage(scope, list, out var page) is { } refused)
        {
            return Refuse(refused, scope);
        }

        return Respond(scope, ListBody.Of(scope.Resource, page));
    }

    /// <summary>Reads the objects that a list asks for.</summary>
    private ApiStatus? FindPage(RequestScope scope, ListRequest list, out ListPage page)
    {
        page = default;
        var stored = scope.Resource.Stored;
        var isExact = list.Continuation is not null || list.IsExact;
        long revision;
        if (list.Continuation is { } token)
        {
            // A token of revision -1 goes on at the newest state.
            revision = token.Revision < 0 ? Store.Revision : token.Revision;
        }
        else
        {
            revision = list.IsExact ? list.Version : Store.Revision;
        }

        if (revision > Store.Revision)
        {
            return StatusErrors.InternalText("etcdserver: mvcc: required revision is a future revision");
        }

        if (!isExact && list.Version > Store.Revision)
        {
            var current = scope.HasCache && !list.IsPaged ? VersionOf(stored) : Store.Revision;
            return Refusals.TooLargeVersion(list.Version, current, scope.HasCache && !list.IsPaged ? 1 : 0);
        }

        if (isExact && !Store.HasHistory(stored, revision))
        {
            return list.Continuation is { } old ? ExpiredContinuation(old) : Refusals.Expired("The resourceVersion for the provided list is too old.");
        }

        page = ListPage.Read(scope.Resource, Store, list, scope.Target.Namespace, revision);
        return null;
    }

    /// <summary>The revision of the last change of a resource, which is what its cache knows.</summary>
    private long VersionOf(StoreResource stored)
    {
        var table = Store.Table(stored);
        return table.LogEnd > 0 && table.HasChange(table.LogEnd - 1) ? table.ChangeAt(table.LogEnd - 1).Revision : Store.StartRevision;
    }

    private static ApiStatus ExpiredContinuation(ContinueToken token)
    {
        const string Message = "The provided continue parameter is too old to display a consistent list result. You can start a new list without "
            + "the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the "
            + "provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk "
            + "was returned and now may show up in the list.";
        return Refusals.Expired(Message) with { Continue = (token with { Revision = -1 }).Encode() };
    }

    private ApiStatus? CheckReadVersion(RequestScope scope, string version)
    {
        if (version.Length == 0)
        {
            return null;
        }

        if (!ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
        {
            return MalformedVersion(version);
        }

        return wanted <= (ulong)Store.Revision
            ? null
            : Refusals.TooLargeVersion((long)wanted, scope.HasCache ? VersionOf(scope.Resource.Stored) : Store.Revision, scope.HasCache ? 1 : 0);
    }

    internal static ApiStatus MalformedVersion(string version) => StatusErrors.InternalText(
        $"resourceVersion: Invalid value: {GoText.Quote(version)}: strconv.ParseUint: parsing {GoText.Quote(version)}: invalid syntax");

    private static ApiStatus NotFound(RequestScope scope) =>
        StatusErrors.NotFound(scope.Target.Group, scope.Target.Resource, scope.Target.Name);

    /// <summary>Answers with an object, in the form that was asked for.</summary>
    private ApiResponse Respond(RequestScope scope, int code, JsonObject tree)
    {
        if (scope.Output.Shape == OutputShape.MetadataList)
        {
            return Refuse(Refusals.NotThatForm($"you requested PartialObjectMetadataList, but the requested object is not a list ({GoTypeOf(scope, "")})"), scope);
        }

        var body = scope.Output.Shape switch
        {
            OutputShape.Table => TableBody.Of(scope.Resource, scope.Output, tree, scope.Query["includeObject"], UtcNow),
            OutputShape.Metadata => MetadataBody.Of(scope.Resource.Internal(tree), scope.Output.Version),
            _ => tree,
        };
        return Written(ApiResponse.Of(code, body), scope.Output);
    }

    private ApiResponse Respond(RequestScope scope, ListBody list)
    {
        if (scope.Output.Shape == OutputShape.Metadata)
        {
            return Refuse(Refusals.NotThatForm($"you requested PartialObjectMetadata, but the requested object is a list ({GoTypeOf(scope, "List")})"), scope);
        }

        var response = scope.Output.Shape switch
        {
            OutputShape.Table => ApiResponse.Of(200, TableBody.Of(scope.Resource, scope.Output, list, scope.Query["includeObject"], UtcNow)),
            OutputShape.MetadataList => ApiResponse.Of(200, MetadataBody.Of(list, scope.Output.Version)),
            _ when scope.Output.IsYaml || scope.Output.IsProtobuf => ApiResponse.Of(200, list.ToTree()),
            _ => new ApiResponse { Code = 200, Body = list.ToUtf8() },
        };
        return Written(response, scope.Output);
    }

    private static string GoTypeOf(RequestScope scope, string suffix)
    {
        var type = scope.Resource.Type;
        var package = type.Group.Length == 0 ? "core" : type.Group.Split('.')[0];
        return scope.Resource.IsCustom ? "*unstructured.Unstructured" + suffix : $"*{package}.{type.Kind}{suffix}";
    }
}
