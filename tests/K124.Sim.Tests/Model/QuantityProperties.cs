using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using K124.Sim.Model;

namespace K124.Sim.Tests.Model;

public sealed class QuantityProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3000);

    private static Gen<string> Digits(int longest) =>
        from length in Gen.Choose(1, longest)
        from digits in Gen.Elements("0123456789000".ToCharArray()).ArrayOf(length)
        select new string(digits);

    private static Gen<string> Suffixes => Gen.OneOf(
        Gen.Elements($"{QuantityModel.Decimal} {QuantityModel.Binary}".Split(' ')),
        from letter in Gen.Elements("e", "E")
        from sign in Gen.Elements("", "+", "-")
        from exponent in Gen.Choose(0, 24)
        select $"{letter}{sign}{exponent}");

    private static Gen<string> Texts =>
        from sign in Gen.Elements("", "", "+", "-")
        from whole in Gen.OneOf(Digits(4), Digits(24))
        from fraction in Gen.OneOf(Gen.Constant(""), Gen.Constant("."), Digits(3).Select(static d => "." + d), Digits(24).Select(static d => "." + d))
        from suffix in Suffixes
        select sign + whole + fraction + suffix;

    private static Gen<string> Readable => Texts.Where(static text => QuantityModel.Nanos(text) is not null);

    [Fact]
    public void Parse_is_exact_or_refuses_what_is_out_of_range() => Prop.ForAll(Arb.From(Texts), static text =>
        Quantity.TryParse(text, out var quantity)
            ? QuantityModel.Nanos(text) == QuantityModel.Nanos(quantity.ToString())
            : QuantityModel.Nanos(text) is null).Check(Many);

    [Fact]
    public void Value_and_MilliValue_round_away_from_zero_and_wrap_as_those_of_Go() => Prop.ForAll(Arb.From(Readable), static text =>
    {
        var quantity = Quantity.Parse(text);
        return quantity.Value() == QuantityModel.Scaled(text, QuantityModel.Billion, 0) && quantity.MilliValue() == QuantityModel.Scaled(text, 1_000_000, 3);
    }).Check(Many);

    [Theory]
    [InlineData("92P", 92_000_000_000_000_000, 0)]
    [InlineData("9P", 9_000_000_000_000_000, 9_000_000_000_000_000_000)]
    [InlineData("1e16", 10_000_000_000_000_000, 0)]
    [InlineData("9300000000000000k", -9_146_744_073_709_551_616, 0)]
    [InlineData("9223372036854775807", long.MaxValue, -1_000)]
    [InlineData("99999999999999999999", 7_766_279_631_452_241_919, 0)]
    [InlineData("8Ei", long.MaxValue, -1_000)]
    public void Amounts_beyond_64_bits_come_out_as_in_Go(string text, long value, long milli)
    {
        Assert.Equal(value, Quantity.Parse(text).Value());
        if (milli != 0 || text is "92P" or "1e16")
        {
            Assert.Equal(milli, Quantity.Parse(text).MilliValue());
        }
    }

    [Fact]
    public void Order_and_equality_are_those_of_the_amounts() => Prop.ForAll(Arb.From(Readable), Arb.From(Readable), static (left, right) =>
    {
        var (a, b) = (Quantity.Parse(left), Quantity.Parse(right));
        var order = QuantityModel.Nanos(left)!.Value.CompareTo(QuantityModel.Nanos(right)!.Value);
        return Math.Sign(a.CompareTo(b)) == order && (a == b) == (order == 0) && (a < b) == (order < 0) && (a <= b) == (order <= 0)
            && (a > b) == (order > 0) && (a >= b) == (order >= 0) && (a != b) == (order != 0) && (order != 0 || a.GetHashCode() == b.GetHashCode());
    }).Check(Many);

    [Fact]
    public void Sum_difference_and_negation_are_exact_or_overflow() => Prop.ForAll(Arb.From(Readable), Arb.From(Readable), static (left, right) =>
    {
        var (a, b) = (Quantity.Parse(left), Quantity.Parse(right));
        var (x, y) = (QuantityModel.Nanos(left)!.Value, QuantityModel.Nanos(right)!.Value);
        return Agrees(() => a + b, x + y) && Agrees(() => a - b, x - y) && Agrees(() => -a, -x);
    }).Check(Many);

    [Fact]
    public void Canonical_text_is_a_fixed_point_without_a_fraction() => Prop.ForAll(Arb.From(Readable), static text =>
    {
        var quantity = Quantity.Parse(text);
        var canonical = quantity.ToString();
        return Quantity.Parse(canonical) == quantity && Quantity.Parse(canonical).ToString() == canonical && !canonical.Contains('.', StringComparison.Ordinal);
    }).Check(Many);

    [Fact]
    public void Canonical_text_has_the_largest_suffix() => Prop.ForAll(Arb.From(Readable), static text =>
    {
        var quantity = Quantity.Parse(text);
        var canonical = quantity.ToString();
        var digits = canonical.TrimStart('-').TakeWhile(char.IsAsciiDigit).Count();
        var number = long.CreateSaturating(BigInteger.Parse(canonical.TrimStart('-').AsSpan(0, digits), CultureInfo.InvariantCulture) % 1_024_000);
        var isBinary = canonical.EndsWith('i');
        return canonical == "0" || canonical.EndsWith("Ei", StringComparison.Ordinal) || number % (isBinary ? 1024 : 1000) != 0
            || (quantity.Format == QuantityFormat.BinarySI && !isBinary && number % 1024 != 0);
    }).Check(Many);

    private static bool Agrees(Func<Quantity> actual, BigInteger expected)
    {
        if (BigInteger.Abs(expected) > QuantityModel.Largest + 1)
        {
            return Record.Exception(() => actual()) is OverflowException;
        }

        // A sum may be beyond what a binary suffix is read as, so its text is taken at its word.
        return QuantityModel.Nanos(actual().ToString(), capsBinary: false) == expected;
    }
}
