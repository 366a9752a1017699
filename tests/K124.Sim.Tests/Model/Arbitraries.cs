using System.Collections.Immutable;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;

namespace K124.Sim.Tests.Model;

/// <summary>Objects of every kind with any members set, made from a seed.</summary>
internal static class Arbitraries
{
    private const int Deepest = 9;
    private static readonly string[] Texts = ["a", "web-1", "é\"\\\n", "ünï", "true", "null", "x.io/y"];
    private static readonly string[] Quantities = ["1", "500m", "1.5Gi", "12e6", "-3n"];

    public static Arbitrary<IApiObject> Objects { get; } = Arb.From(
        from kind in Gen.Elements(ApiKind.All.ToArray())
        from seed in Gen.Choose(0, int.MaxValue)
        select Make(kind, seed));

    public static IApiObject Make(ApiKind kind, int seed) => (IApiObject)MakeRecord(kind.Type, new Random(seed), 0);

    private static object MakeRecord(Type type, Random random, int depth)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var isVersion = made is IApiObject && member.Name == nameof(IApiObject.ApiVersion);
            if (member.CanWrite && !isVersion && random.Next(depth == 0 ? 8 : 3) != 0)
            {
                member.SetValue(made, MakeValue(member.PropertyType, random, depth + 1));
            }
        }

        return made;
    }

    private static object? MakeValue(Type declared, Random random, int depth)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string))
        {
            return Texts[random.Next(Texts.Length)];
        }

        if (type == typeof(int))
        {
            return random.Next(-2, 3);
        }

        if (type == typeof(long))
        {
            return random.NextInt64(-2, 3) * 3_000_000_000;
        }

        if (type == typeof(bool))
        {
            return random.Next(2) == 0;
        }

        if (type == typeof(Quantity))
        {
            return Quantity.Parse(Quantities[random.Next(Quantities.Length)]);
        }

        if (type == typeof(IntOrString))
        {
            return random.Next(2) == 0 ? new IntOrString(random.Next(-1, 99)) : new IntOrString("50%");
        }

        if (type == typeof(RawJson))
        {
            return RawJson.Parse("[1,true]");
        }

        if (type == typeof(DateTimeOffset))
        {
            return DateTimeOffset.UnixEpoch.AddMilliseconds(random.NextInt64(0, 4_000_000_000_000));
        }

        if (type.IsGenericType)
        {
            var item = type.GetGenericArguments()[0];
            var name = type.GetGenericTypeDefinition() == typeof(StringMap<>) ? nameof(MakeMap) : nameof(MakeArray);
            return typeof(Arbitraries).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item).Invoke(null, [random, depth]);
        }

        // A member that is never null turns null into its default.
        return depth > Deepest ? null : MakeRecord(type, random, depth);
    }

    private static StringMap<T> MakeMap<T>(Random random, int depth) =>
        Texts.Where(_ => random.Next(3) == 0).Append("z").Select(key => KeyValuePair.Create(key, (T)MakeValue(typeof(T), random, depth)!)).ToStringMap();

    private static ImmutableArray<T> MakeArray<T>(Random random, int depth) => depth > Deepest
        ? []
        : [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => (T)MakeValue(typeof(T), random, depth + 1)!)];
}
