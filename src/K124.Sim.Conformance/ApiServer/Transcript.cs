using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.ControlPlane.Serving;

namespace K124.Sim.Conformance.ApiServer;

/// <summary>One server with the clients that talk to it: replays steps and compares the answers.</summary>
/// <param name="server">The server.</param>
/// <param name="symbols">What the symbols stand for.</param>
/// <param name="session">The program whose session it is; null for single requests.</param>
internal sealed class Transcript(ApiServerCore server, Symbols symbols, SessionClient? session = null)
{
    private static readonly string[] ComparedHeaders = ["Retry-After", "X-Content-Type-Options", "WWW-Authenticate", "Cache-Control"];

    private readonly Dictionary<string, WatchStream> _watches = new(StringComparer.Ordinal);
    private readonly List<(JsonArray Recorded, WatchStream Watch)> _held = [];
    private readonly ApiServerCore _server = server;

    /// <summary>Replays one step.</summary>
    /// <returns>What differs.</returns>
    public IReadOnlyList<string> Run(JsonObject step, JsonObject expect)
    {
        var comparison = new AnswerComparison(symbols);
        _server.Store.UtcNow += TimeSpan.FromMilliseconds(1);
        switch (Text(step, "op"))
        {
            case "http" or "until":
                Request(step, expect, comparison);
                break;
            case "watch":
                OpenWatch(step, expect, comparison);
                break;
            case "collect":
                Collect(step, expect, comparison);
                break;
            case "sleep":
                _server.Store.UtcNow += TimeSpan.FromSeconds(double.Parse(step["seconds"]?.ToJsonString() ?? "1", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case "compact":
                _server.Store.Compact();
                break;
            case "restart":
                Restart();
                break;
            default:
                comparison.Note($"unknown step '{Text(step, "op")}'");
                break;
        }

        return comparison.Differences;
    }

    private void Restart()
    {
        foreach (var watch in _watches.Values)
        {
            watch.Close();
        }

        _server.Store.RestartWatches();
    }

    private void Request(JsonObject step, JsonObject expect, AnswerComparison comparison)
    {
        var request = RequestOf(step);
        request = session?.WithCache(request, expect) ?? request;
        session?.World?.Prepare(request, expect);
        var response = _server.Handle(request);
        session?.Remember(request, response);
        CompareStatus(expect, response, comparison);
        CompareHeaders(expect, response, comparison);
        if (comparison.Differences.Count > 0 || expect.ContainsKey("bodyPresent") || expect.ContainsKey("bodyOmitted") || Text(step, "op") == "until")
        {
            if (response.Code >= 400 && comparison.Differences.Count > 0)
            {
                comparison.Note($"answer: {Encoding.UTF8.GetString(response.Body.Span).TrimEnd()}");
            }

            return;
        }

        if (response.Watch is { } watch)
        {
            CompareShortWatch(expect, watch, comparison);
        }
        else if (expect.TryGetPropertyValue("bodyText", out var text))
        {
            comparison.Compare("body", text, JsonValue.Create(Encoding.UTF8.GetString(response.Body.Span)));
        }
        else if (expect["bodyBase64"] is { } encoded)
        {
            RecordedProtobuf.Compare(Convert.FromBase64String(encoded.GetValue<string>()), response.Body.Span, comparison);
        }
        else if (expect.TryGetPropertyValue("body", out var body))
        {
            CompareBody(step, body, response, comparison);
        }
    }

    private void CompareBody(JsonObject step, JsonNode? expected, ApiResponse response, AnswerComparison comparison)
    {
        JsonNode? actual;
        try
        {
            actual = response.Body.Length == 0 ? null : JsonNode.Parse(response.Body.Span);
        }
        catch (JsonException)
        {
            actual = JsonValue.Create(Encoding.UTF8.GetString(response.Body.Span));
        }

        expected = step["bodyTemplate"]?["fill"] is JsonArray fill ? Filled(expected, fill) : expected?.DeepClone();
        expected = session is null ? expected : SessionClient.WithoutSetUp(Text(step, "path"), expected, actual);
        if (step.ContainsKey("unorderedItems"))
        {
            SortMember(expected, "items", AnswerComparison.NameOf);
            SortMember(actual, "items", AnswerComparison.NameOf);
        }

        if (step.ContainsKey("unorderedCauses"))
        {
            SortMember(expected?["details"], "causes", item => item?.ToJsonString() ?? "");
            SortMember(actual?["details"], "causes", item => item?.ToJsonString() ?? "");
        }

        comparison.Compare("body", expected, actual);
    }

    private static void SortMember(JsonNode? parent, string name, Func<JsonNode?, string> key)
    {
        if (parent is JsonObject tree && tree[name] is JsonArray items)
        {
            tree[name] = AnswerComparison.Sorted(items, key);
        }
    }

    /// <summary>A watch that was asked for as a plain request: all that it says until the server ends it.</summary>
    private void CompareShortWatch(JsonObject expect, WatchStream watch, AnswerComparison comparison)
    {
        var events = Drain(watch);
        EndOf(watch, events);
        if (expect["events"] is JsonArray recorded)
        {
            comparison.Compare("events", recorded, new JsonArray([.. events.Take(recorded.Count)]));
        }
        else if (expect.TryGetPropertyValue("body", out var body))
        {
            comparison.Compare("body", body, events.Count == 1 ? events[0] : new JsonArray([.. events]));
        }
        else if (expect.TryGetPropertyValue("bodyText", out var text))
        {
            comparison.Compare("body", text, JsonValue.Create(string.Concat(events.Select(item => item.ToJsonString() + "\n"))));
        }
    }

    private void OpenWatch(JsonObject step, JsonObject expect, AnswerComparison comparison)
    {
        var response = _server.Handle(RequestOf(step));
        CompareStatus(expect, response, comparison);
        CompareHeaders(expect, response, comparison);
        if (response.Watch is { } watch && expect["events"] is JsonArray recorded)
        {
            // What was recorded came while the program went on.
            _held.Add((recorded, watch));
        }
        else if (response.Watch is { } left)
        {
            _watches[Text(step, "watch")] = left;
        }
        else if (expect.TryGetPropertyValue("body", out var body))
        {
            CompareBody(step, body, response, comparison);
        }
    }

    /// <summary>What came to the watches that a command opened: no other events than the recorded ones, in their order.</summary>
    public IReadOnlyList<string> Finish()
    {
        var comparison = new AnswerComparison(symbols);
        foreach (var (recorded, watch) in _held)
        {
            var events = Drain(watch).Take(recorded.Count).ToArray();
            for (var i = 0; i < events.Length; i++)
            {
                comparison.Compare($"events[{i}]", recorded[i], events[i]);
            }
        }

        _held.Clear();
        return comparison.Differences;
    }

    private void Collect(JsonObject step, JsonObject expect, AnswerComparison comparison)
    {
        if (!_watches.TryGetValue(Text(step, "watch"), out var watch))
        {
            comparison.Note("the watch is not open");
            return;
        }

        var events = Drain(watch);
        if (step.ContainsKey("untilClosed"))
        {
            EndOf(watch, events);
        }

        var (recorded, actual) = (expect["events"] as JsonArray ?? [], new JsonArray([.. WithoutRepeatedBookmarks(events)]));
        if (step.ContainsKey("unordered"))
        {
            (recorded, actual) = (AnswerComparison.Sorted(recorded, AnswerComparison.NameOf), AnswerComparison.Sorted(actual, AnswerComparison.NameOf));
        }

        comparison.Compare("events", recorded, actual);
    }

    private void EndOf(WatchStream watch, List<JsonNode> events)
    {
        while (!watch.IsClosed)
        {
            var next = watch.NextTime;
            _server.Store.UtcNow = next > _server.Store.UtcNow ? next : watch.Deadline;
            events.AddRange(Drain(watch));
        }
    }

    private static List<JsonNode> Drain(WatchStream watch)
    {
        var events = new List<JsonNode>();
        while (watch.TryRead(out var item))
        {
            events.Add(item);
        }

        return events;
    }

    private static IEnumerable<JsonNode> WithoutRepeatedBookmarks(List<JsonNode> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (!IsBookmark(events[i]) || i + 1 == events.Count || !IsBookmark(events[i + 1]))
            {
                yield return events[i];
            }
        }
    }

    private static bool IsBookmark(JsonNode item) => item["type"]!.GetValue<string>() == "BOOKMARK";

    private static void CompareStatus(JsonObject expect, ApiResponse response, AnswerComparison comparison)
    {
        var recorded = expect["status"]?.GetValue<int>() ?? 200;
        if (recorded != response.Code)
        {
            comparison.Note($"status: recorded {recorded}, answered {response.Code}");
        }
    }

    private void CompareHeaders(JsonObject expect, ApiResponse response, AnswerComparison comparison)
    {
        var headers = expect["headers"] as JsonObject ?? [];
        foreach (var name in ComparedHeaders.Where(name => session is null || headers.ContainsKey(name)))
        {
            comparison.Compare($"header {name}", headers[name], response.Header(name) is { } value ? JsonValue.Create(value) : null);
        }

        if (response.Watch is null && response.Body.Length > 0 && response.ContentType != (headers["Content-Type"]?.GetValue<string>() ?? "application/json"))
        {
            comparison.Note($"header Content-Type: recorded {headers["Content-Type"]}, answered {response.ContentType}");
        }

        if ((response.Watch is not null || session is not null) && !headers.ContainsKey("Warning"))
        {
            // Of opened streams and of sessions no warnings were recorded.
            return;
        }

        var recorded = (headers["Warning"] is JsonArray several ? several : headers["Warning"] is { } one ? new JsonArray(one.DeepClone()) : []).Select(item => item!.GetValue<string>()).Order(StringComparer.Ordinal);
        var actual = response.Headers.Where(header => header.Name == "Warning").Select(header => header.Value).Order(StringComparer.Ordinal);
        comparison.Compare(
            "header Warning",
            new JsonArray([.. recorded.Select(item => (JsonNode)item)]),
            new JsonArray([.. actual.Select(item => (JsonNode)item)]));
    }

    private ApiRequest RequestOf(JsonObject step)
    {
        var path = symbols.Fill(Text(step, "path"));
        var question = path.IndexOf('?', StringComparison.Ordinal);
        var body = BodyOf(step);
        var headers = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        headers["user-agent"] = step["userAgent"]?.GetValue<string>() ?? session?.UserAgent ?? "conformance/1.0";
        if (body is not null)
        {
            headers["content-type"] = "application/json";
        }

        foreach (var (name, value) in step["headers"] as JsonObject ?? [])
        {
            headers[name.ToLowerInvariant()] = value!.GetValue<string>();
        }

        foreach (var (name, value) in session?.Identity ?? [])
        {
            headers[name] = value;
        }

        var auth = symbols.Fill(step["auth"]?.GetValue<string>() ?? "admin");
        if (auth != "none")
        {
            headers["authorization"] = "Bearer " + (auth.StartsWith("token:", StringComparison.Ordinal) ? auth["token:".Length..] : auth);
        }

        return new()
        {
            Method = step["method"]?.GetValue<string>() ?? "GET",
            Path = Uri.UnescapeDataString(question < 0 ? path : path[..question]),
            Query = question < 0 ? "" : path[(question + 1)..],
            Headers = headers.ToImmutable(),
            Body = body ?? [],
        };
    }

    private byte[]? BodyOf(JsonObject step)
    {
        if (step.TryGetPropertyValue("body", out var body))
        {
            var filled = symbols.Fill(body);
            return Encoding.UTF8.GetBytes(session is null ? Spaced(filled) : filled?.ToJsonString() ?? "null");
        }

        if (step["bodyBase64"] is { } encoded)
        {
            return Convert.FromBase64String(encoded.GetValue<string>());
        }

        if (step["bodyTemplate"] is JsonObject template)
        {
            return Encoding.UTF8.GetBytes(Spaced(Expand(template)));
        }

        return step["bodyText"] is { } text ? Encoding.UTF8.GetBytes(symbols.Fill(text.GetValue<string>())) : null;
    }

    private static JsonNode Expand(JsonObject template)
    {
        if (template["repeat"] is JsonArray repeat)
        {
            return new JsonArray([.. Enumerable.Range(0, repeat[1]!.GetValue<int>()).Select(_ => repeat[0]!.DeepClone())]);
        }

        return Filled(template["object"], (JsonArray)template["fill"]!)!;
    }

    private static JsonNode? Filled(JsonNode? node, JsonArray fill)
    {
        var text = new string(fill[0]!.GetValue<string>()[0], fill[1]!.GetValue<int>());
        return node is null ? null : JsonNode.Parse(node.ToJsonString().Replace("$fill", text, StringComparison.Ordinal));
    }

    /// <summary>JSON with blanks behind commas and colons, as the recorded bodies had them: limits count every byte, and some bytes are kept.</summary>
    private static string Spaced(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(", ", members.Select(member => $"{JsonValue.Create(member.Key).ToJsonString()}: {Spaced(member.Value)}")) + "}",
        JsonArray items => "[" + string.Join(", ", items.Select(Spaced)) + "]",
        _ => node?.ToJsonString() ?? "null",
    };

    private static string Text(JsonObject step, string name) => step[name]?.GetValue<string>() ?? "";
}
