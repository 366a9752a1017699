using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using K124.Sim.Model;
using K124.Sim.Text;

namespace K124.Sim.Kinds.CustomResources;

/// <summary>Checks values against their schema, with the 1.24 server's words.</summary>
internal static class SchemaValidation
{
    /// <summary>What is wrong with an object.</summary>
    public static ImmutableArray<FieldError> Validate(JsonObject tree, StructuralSchema schema)
    {
        var errors = new List<FieldError>();
        Check(tree, schema, "", errors);
        return [.. errors];
    }

    /// <summary>What is wrong with a value that stands at a path.</summary>
    public static ImmutableArray<FieldError> Validate(JsonNode value, StructuralSchema schema, string path)
    {
        var errors = new List<FieldError>();
        Check(value, schema, path, errors);
        return [.. errors];
    }

    private static void Check(JsonNode? value, StructuralSchema schema, string path, List<FieldError> errors)
    {
        CheckType(value, schema, path, errors);
        CheckAlternatives(value, schema, path, errors);
        switch (value)
        {
            case JsonObject map: CheckObject(map, schema, path, errors); break;
            case JsonArray list: CheckArray(list, schema, path, errors); break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String: CheckString(text, schema, path, errors); break;
            case JsonValue number when number.GetValueKind() == JsonValueKind.Number: CheckNumber(number, schema, path, errors); break;
        }

        CheckEnum(value, schema, path, errors);
    }

    private static void CheckType(JsonNode? value, StructuralSchema schema, string path, List<FieldError> errors)
    {
        var expected = schema.IsIntOrString ? "integer,string" : schema.Type;
        if (expected.Length == 0 || (value is null && schema.IsNullable))
        {
            return;
        }

        var actual = TypeWord(value);
        var fits = expected == actual
            || (schema.IsIntOrString && actual is "integer" or "string")
            || (expected == "number" && actual == "integer");
        if (!fits)
        {
            var shown = GoText.Quote(actual);
            errors.Add(new(FieldErrorType.TypeInvalid, path, shown, $"{InBody(path)} must be of type {expected}: {shown}"));
        }
    }

    private static string TypeWord(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => IsWhole(value.AsValue()) ? "integer" : "number",
        _ => "boolean",
    };

    private static bool IsWhole(JsonValue value) =>
        GoJson.TryGetInteger(value, out _) || Math.Truncate(GoJson.ToDouble(value)).Equals(GoJson.ToDouble(value));

    private static void CheckObject(JsonObject map, StructuralSchema schema, string path, List<FieldError> errors)
    {
        if (schema.Limit("minProperties") is { } least && map.Count < least)
        {
            errors.Add(Invalid(path, Number(map.Count), $"{InBody(path)} should have at least {least} properties"));
            return;
        }

        if (schema.Limit("maxProperties") is { } most && map.Count > most)
        {
            errors.Add(TooMany(path, map.Count, most));
            return;
        }

        foreach (var name in schema.Required)
        {
            if (!map.ContainsKey(name))
            {
                errors.Add(new(FieldErrorType.Required, Join(path, name), null, ""));
            }
        }

        foreach (var (key, value) in map)
        {
            if ((schema.Properties.GetValueOrDefault(key) ?? schema.Additional) is { } member)
            {
                Check(value, member, Join(path, key), errors);
            }
        }
    }

    private static void CheckArray(JsonArray list, StructuralSchema schema, string path, List<FieldError> errors)
    {
        if (schema.Items is { } items)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Check(list[i], items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), errors);
            }
        }

        if (schema.Limit("minItems") is { } least && list.Count < least)
        {
            errors.Add(Invalid(path, Number(list.Count), $"{InBody(path)} should have at least {least} items"));
        }

        if (schema.Limit("maxItems") is { } most && list.Count > most)
        {
            errors.Add(TooMany(path, list.Count, most));
        }

        if (schema.Source.Flag("uniqueItems") && HasDuplicates(list))
        {
            errors.Add(Invalid(path, "\"\"", $"{InBody(path)} shouldn't contain duplicates"));
        }
    }

    private static bool HasDuplicates(JsonArray list)
    {
        for (var i = 1; i < list.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (GoJson.AreEqual(list[i], list[j]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static void CheckString(JsonValue value, StructuralSchema schema, string path, List<FieldError> errors)
    {
        var text = value.GetValue<string>();
        var length = text.EnumerateRunes().Count();
        var shown = GoText.Quote(text);
        if (schema.Limit("maxLength") is { } most && length > most)
        {
            errors.Add(new(FieldErrorType.TooLong, path, null, $"may not be longer than {most}"));
        }

        if (schema.Limit("minLength") is { } least && length < least)
        {
            errors.Add(Invalid(path, shown, $"{InBody(path)} should be at least {least} chars long"));
        }

        if (schema.Pattern is { } pattern && pattern.Value?.IsMatch(text) == false)
        {
            errors.Add(Invalid(path, shown, $"{InBody(path)} should match '{schema.Source.Text("pattern")}'"));
        }

        if (schema.Format.Length > 0 && !schema.IsIntOrString && !SchemaFormats.Fits(schema.Format, text))
        {
            errors.Add(new(FieldErrorType.TypeInvalid, path, shown, $"{InBody(path)} must be of type {schema.Format}: {shown}"));
        }
    }

    private static void CheckNumber(JsonValue value, StructuralSchema schema, string path, List<FieldError> errors)
    {
        var number = GoJson.ToDouble(value);
        var shown = GoJson.Number(value);
        if (schema.Source["multipleOf"] is JsonValue factor && !IsMultiple(number, GoJson.ToDouble(factor)))
        {
            errors.Add(Invalid(path, shown, $"{InBody(path)} should be a multiple of {GoJson.Number(factor)}"));
        }

        if (schema.Source["maximum"] is JsonValue most)
        {
            var isExclusive = schema.Source.Flag("exclusiveMaximum");
            if (number > GoJson.ToDouble(most) || (isExclusive && number.Equals(GoJson.ToDouble(most))))
            {
                errors.Add(Invalid(path, shown, $"{InBody(path)} should be less than {(isExclusive ? "" : "or equal to ")}{GoJson.Number(most)}"));
            }
        }

        if (schema.Source["minimum"] is JsonValue least)
        {
            var isExclusive = schema.Source.Flag("exclusiveMinimum");
            if (number < GoJson.ToDouble(least) || (isExclusive && number.Equals(GoJson.ToDouble(least))))
            {
                errors.Add(Invalid(path, shown, $"{InBody(path)} should be greater than {(isExclusive ? "" : "or equal to ")}{GoJson.Number(least)}"));
            }
        }
    }

    private static bool IsMultiple(double number, double factor) => Math.Truncate(number / factor).Equals(number / factor);

    private static void CheckEnum(JsonNode? value, StructuralSchema schema, string path, List<FieldError> errors)
    {
        if (schema.Enum is not { Count: > 0 } allowed || (value is null && schema.IsNullable) || allowed.Any(a => GoJson.AreEqual(a, value)))
        {
            return;
        }

        var supported = allowed.Select(static a => GoText.Quote(JsonTree.AsText(a) ?? GoJson.Write(a)));
        errors.Add(new(FieldErrorType.NotSupported, path, JsonTree.AsText(value) is { } text ? GoText.Quote(text) : GoJson.Write(value), "supported values: " + string.Join(", ", supported)));
    }

    private static void CheckAlternatives(JsonNode? value, StructuralSchema schema, string path, List<FieldError> errors)
    {
        if (!schema.AnyOf.IsEmpty)
        {
            CheckAnyOf(value, schema.AnyOf, path, errors);
        }

        if (!schema.OneOf.IsEmpty)
        {
            CheckOneOf(value, schema.OneOf, path, errors);
        }

        var failures = schema.AllOf.Select(s => Failures(value, s, path)).ToList();
        errors.AddRange(failures.SelectMany(static f => f));
        if (failures.Count > 0 && failures.TrueForAll(static f => f.Count > 0))
        {
            errors.Add(Composite(path, "must validate all the schemas (allOf). None validated"));
        }

        if (schema.Not is { } forbidden && Failures(value, forbidden, path).Count == 0)
        {
            errors.Add(Composite(path, "must not validate the schema (not)"));
        }
    }

    private static void CheckAnyOf(JsonNode? value, ImmutableArray<StructuralSchema> schemas, string path, List<FieldError> errors)
    {
        var failures = schemas.Select(s => Failures(value, s, path)).ToList();
        if (failures.Exists(static f => f.Count == 0))
        {
            return;
        }

        errors.Add(Composite(path, "must validate at least one schema (anyOf)"));
        errors.AddRange(failures.MinBy(static f => f.Count)!);
    }

    private static void CheckOneOf(JsonNode? value, ImmutableArray<StructuralSchema> schemas, string path, List<FieldError> errors)
    {
        var failures = schemas.Select(s => Failures(value, s, path)).ToList();
        var valid = failures.Count(static f => f.Count == 0);
        if (valid == 0)
        {
            errors.Add(Composite(path, "must validate one and only one schema (oneOf). Found none valid"));
            errors.AddRange(failures.MinBy(static f => f.Count)!);
        }
        else if (valid > 1)
        {
            errors.Add(Composite(path, $"must validate one and only one schema (oneOf). Found {valid} valid alternatives"));
        }
    }

    private static List<FieldError> Failures(JsonNode? value, StructuralSchema schema, string path)
    {
        var errors = new List<FieldError>();
        Check(value, schema, path, errors);
        return errors;
    }

    // These errors know no field; the server then prints a nil path.
    private static FieldError Composite(string path, string message) => new(FieldErrorType.Invalid, "<nil>", "\"\"", $"{GoText.Quote(path)} {message}");

    private static FieldError Invalid(string path, string shown, string message) => new(FieldErrorType.Invalid, path, shown, message);

    private static FieldError TooMany(string path, int count, long most) =>
        new(FieldErrorType.TooMany, path, Number(count), $"must have at most {most} items");

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string InBody(string path) => $"{path} in body";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
