using System.Text.Json;
using K124.Sim.Model.Json;

namespace K124.Sim.Manifests.Internal;

internal enum ScanOutcome
{
    /// <summary>The reader stands on the end of the object.</summary>
    Complete,

    /// <summary>The text ends before the object does.</summary>
    NeedsMore,

    /// <summary>The reader stands on the begin of the array <c>items</c>.</summary>
    AtItems,
}

/// <summary>Finds the end of one JSON object and takes the first look at it on the way.</summary>
internal sealed class ObjectScanner(StringPool pool, ManifestOptions options)
{
    private readonly MemberNames _names = new();

    private enum TopMember
    {
        Other,
        ApiVersion,
        Kind,
        Items,
    }

    /// <summary>Scans from the begin of an object, on which the reader stands.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="text">What the reader reads.</param>
    /// <param name="stopAtItems">Whether to stop where a list's items begin.</param>
    /// <param name="head">What was seen; positions are those of the text.</param>
    public ScanOutcome Scan(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, bool stopAtItems, out ObjectHead head)
    {
        head = new();
        var member = TopMember.Other;
        _names.Clear();
        _names.EnterObject();
        while (reader.Read())
        {
            if (reader.ValueSpan.Length > options.MaxValueBytes)
            {
                throw LimitExceededException.Of("one value", options.MaxValueBytes);
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    head.MayHaveNewerFields |= NewerFields.MayBe(in reader, _names.Depth);
                    if (!_names.Add(ref reader, text) && head.DuplicateAt < 0)
                    {
                        head.DuplicateAt = (int)reader.TokenStartIndex;
                    }

                    if (_names.Depth == 1)
                    {
                        member = Member(ref reader);
                    }

                    break;
                case JsonTokenType.StartObject:
                    _names.EnterObject();
                    break;
                case JsonTokenType.StartArray:
                    if (_names.Depth == 1 && member == TopMember.Items)
                    {
                        head.HasItems = true;
                        if (stopAtItems)
                        {
                            return ScanOutcome.AtItems;
                        }
                    }

                    _names.EnterArray();
                    break;
                case JsonTokenType.EndObject:
                case JsonTokenType.EndArray:
                    _names.Leave();
                    if (_names.Depth == 0)
                    {
                        return ScanOutcome.Complete;
                    }

                    break;
                case JsonTokenType.Null:
                    head.HasNullElement |= _names.IsInArray;
                    break;
                case JsonTokenType.String when _names.Depth == 1:
                    Capture(member, ref reader, ref head);
                    break;
            }
        }

        return ScanOutcome.NeedsMore;
    }

    /// <summary>Takes over one member of the list object itself; the reader stands on its name, and then on its value's end.</summary>
    /// <returns>False if the text ends before the member does.</returns>
    public bool TryReadMember(ref Utf8JsonReader reader, ref ObjectHead head)
    {
        var member = Member(ref reader);
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            Capture(member, ref reader, ref head);
        }

        return reader.TrySkip();
    }

    private static TopMember Member(ref readonly Utf8JsonReader reader) =>
        reader.ValueTextEquals("kind"u8) ? TopMember.Kind
        : reader.ValueTextEquals("apiVersion"u8) ? TopMember.ApiVersion
        : reader.ValueTextEquals("items"u8) ? TopMember.Items
        : TopMember.Other;

    private void Capture(TopMember member, ref Utf8JsonReader reader, ref ObjectHead head)
    {
        if (member == TopMember.Kind)
        {
            head.Kind = pool.GetString(ref reader);
        }
        else if (member == TopMember.ApiVersion)
        {
            head.ApiVersion = pool.GetString(ref reader);
        }
    }
}
