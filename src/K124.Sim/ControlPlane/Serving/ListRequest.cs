using System.Globalization;
using K124.Sim.Api;
using K124.Sim.Text;

namespace K124.Sim.ControlPlane.Serving;

/// <summary>What a list or a watch selects, and of which version.</summary>
internal sealed record ListRequest
{
    public required LabelSelector Labels { get; init; }

    public required FieldSelector Fields { get; init; }

    /// <summary>The most objects of a page; 0 for all.</summary>
    public long Limit { get; init; }

    /// <summary>Where the page goes on; null at the beginning.</summary>
    public ContinueToken? Continuation { get; init; }

    /// <summary>The version that is asked for; 0 for any.</summary>
    public long Version { get; init; }

    /// <summary>Whether a version was given, 0 included.</summary>
    public bool HasVersion { get; init; }

    /// <summary>Whether exactly that version is wanted.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether the list goes past the cache.</summary>
    public bool IsPaged { get; init; }

    /// <summary>Seconds after which a watch ends; null if the server chooses.</summary>
    public long? TimeoutSeconds { get; init; }

    /// <summary>Whether a watch sends bookmarks.</summary>
    public bool WantsBookmarks { get; init; }

    public bool IsSelective => !Labels.IsEmpty || !Fields.IsEmpty;

    /// <summary>Reads the options of a list.</summary>
    /// <returns>What is wrong with them; null if nothing is.</returns>
    public static ApiStatus? Read(RequestScope scope, out ListRequest request) => Read(scope, isWatch: false, out request);

    /// <summary>Reads the options of a watch.</summary>
    /// <returns>What is wrong with them; null if nothing is.</returns>
    public static ApiStatus? ReadWatch(RequestScope scope, out ListRequest request) => Read(scope, isWatch: true, out request);

    private static ApiStatus? Read(RequestScope scope, bool isWatch, out ListRequest request)
    {
        var query = scope.Query;
        request = new() { Labels = LabelSelector.Everything, Fields = FieldSelector.Everything };
        if (LabelSelector.TryParse(query["labelSelector"], out var labels) is { } badLabels)
        {
            return StatusErrors.BadRequest(badLabels);
        }

        if (FieldSelector.TryParse(query["fieldSelector"], out var fields) is { } badFields)
        {
            return StatusErrors.BadRequest(badFields);
        }

        if ((query.TryNumber("timeoutSeconds", out var timeout) ?? query.TryNumber("limit", out var limit)) is { } badNumber)
        {
            return StatusErrors.BadRequest(badNumber);
        }

        query.TryNumber("limit", out limit);
        if (scope.Resource.Fields.Check(fields) is { } unknownField)
        {
            return StatusErrors.BadRequest(unknownField);
        }

        if (CheckMatch(query, isWatch) is { } badMatch)
        {
            return badMatch;
        }

        if (scope.Target.Name.Length > 0)
        {
            fields = new(fields.Terms.Add(new("metadata.name", scope.Target.Name, true)));
        }

        request = new()
        {
            Labels = labels,
            Fields = fields,
            TimeoutSeconds = timeout,
            WantsBookmarks = query.Flag("allowWatchBookmarks"),
            Limit = Math.Max(limit ?? 0, 0),
            HasVersion = query["resourceVersion"].Length > 0,
        };
        return ReadVersion(scope, isWatch, ref request);
    }

    private static ApiStatus? ReadVersion(RequestScope scope, bool isWatch, ref ListRequest request)
    {
        var text = scope.Query["resourceVersion"];
        var match = scope.Query["resourceVersionMatch"];
        var token = isWatch ? "" : scope.Query["continue"];

        var isVersion = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        var isPastCache = token.Length > 0 || request.Limit > 0 || match == "Exact";
        if (text.Length > 0 && !isVersion)
        {
            var malformed = ApiServerCore.MalformedVersion(text);
            return isPastCache && !isWatch ? StatusErrors.BadRequest($"invalid resource version: {malformed.Message}") : malformed;
        }

        if (token.Length > 0)
        {
            if (ContinueToken.TryDecode(token, out var continuation) is { } badToken)
            {
                return StatusErrors.BadRequest($"invalid continue token: {badToken}");
            }

            if (text.Length > 0 && text != "0")
            {
                return StatusErrors.BadRequest("specifying resource version is not allowed when using continue");
            }

            request = request with { Continuation = continuation, IsPaged = true };
            return null;
        }

        if (text.Length == 0)
        {
            request = request with { IsPaged = request.Limit > 0 };
            return null;
        }

        request = request with
        {
            Version = (long)Math.Min(version, long.MaxValue),
            IsExact = match == "Exact" || (match.Length == 0 && request.Limit > 0 && version > 0),
            IsPaged = request.Limit > 0 && (version > 0 || !scope.HasCache),
        };
        return null;
    }

    private static ApiStatus? CheckMatch(RequestQuery query, bool isWatch)
    {
        const string Field = "resourceVersionMatch";
        var match = query[Field];
        if (match.Length == 0)
        {
            return null;
        }

        var causes = new List<ApiStatusCause>();
        void Forbid(string why) => causes.Add(new("FieldValueForbidden", $"Forbidden: {why}", Field));
        var version = query["resourceVersion"];
        if (isWatch)
        {
            Forbid("resourceVersionMatch is forbidden for watch");
        }

        if (version.Length == 0)
        {
            Forbid("resourceVersionMatch is forbidden unless resourceVersion is provided");
        }

        if (query["continue"].Length > 0)
        {
            Forbid("resourceVersionMatch is forbidden when continue is provided");
        }

        if (match is not ("Exact" or "NotOlderThan"))
        {
            causes.Add(new(
                "FieldValueNotSupported", $"Unsupported value: {GoText.Quote(match)}: supported values: \"Exact\", \"NotOlderThan\", \"\"", Field));
        }
        else if (match == "Exact" && version == "0")
        {
            Forbid("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }

        return causes.Count == 0 ? null : WriteOptions.Invalid("ListOptions", [.. causes]);
    }
}
