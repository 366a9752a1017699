using K124.Sim.Model;

namespace K124.Sim.Tests.Model;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("0.5", "500m")]
    [InlineData("1500m", "1500m")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("0.1Ki", "102400m")]
    [InlineData("0.5Ki", "512")]
    [InlineData("-0.5Ki", "-512")]
    [InlineData("1000k", "1M")]
    [InlineData("1000m", "1")]
    [InlineData("12e6", "12e6")]
    [InlineData("0", "0")]
    [InlineData("0Gi", "0")]
    [InlineData("-0", "0")]
    [InlineData("1Ki", "1Ki")]
    [InlineData("1E", "1E")]
    [InlineData("1e3", "1e3")]
    [InlineData("0.1n", "1n")]
    [InlineData("-0.1n", "-1n")]
    [InlineData("1.0000000001", "1000000001n")]
    [InlineData("8Ei", "9223372036854775807")]
    [InlineData("-100Ei", "-9223372036854775807")]
    public void ToString_known_text_is_canonical(string text, string canonical) => Assert.Equal(canonical, Quantity.Parse(text).ToString());

    [Theory]
    [InlineData("", "a quantity must not be empty")]
    [InlineData(" 1", "' 1' is not a quantity: ' 1' is neither a digit nor a suffix")]
    [InlineData("1 ", "'1 ' is not a quantity: ' ' is neither a digit nor a suffix")]
    [InlineData("1x", "'1x' is not a quantity: 'x' is neither a digit nor a suffix")]
    [InlineData("1.1.M", "'1.1.M' is not a quantity: '.M' is neither a digit nor a suffix")]
    [InlineData("1+1.0M", "'1+1.0M' is not a quantity: '+1.0M' is neither a digit nor a suffix")]
    [InlineData("0.1mi", "unknown suffix 'mi'")]
    [InlineData("aoeu", "'aoeu' is neither a digit nor a suffix")]
    [InlineData(".5i", "unknown suffix 'i'")]
    [InlineData("1i", "unknown suffix 'i'")]
    [InlineData("-3.01e-", "unknown suffix 'e-'")]
    [InlineData("1e1001", "unknown suffix 'e1001'")]
    [InlineData("1e30", "'1e30' is out of range for a quantity")]
    public void Parse_bad_text_is_refused_with_the_reason(string text, string reason)
    {
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Quantity.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(Quantity.TryParse(text, out var quantity));
        Assert.True(quantity.IsZero);
    }

    [Theory]
    [InlineData("1Gi", "1073741824")]
    [InlineData("1k", "1e3")]
    [InlineData("0.5", "500m")]
    public void Equality_does_not_depend_on_how_it_is_written(string left, string right)
    {
        Assert.Equal(Quantity.Parse(left), Quantity.Parse(right));
        Assert.Equal(Quantity.Parse(left).GetHashCode(), Quantity.Parse(right).GetHashCode());
    }
}
