namespace Surety.Coap.Tests.Messages;

/// <summary>RFC 7252, 5.4.6, 5.10 (table 4), and the tables of RFC 7641, 7959, 7967, 8768, 9175.</summary>
public sealed class OptionDefinitionTests
{
    [Theory]
    [InlineData(1, true, false, false, true, 0, 8)] // If-Match
    [InlineData(3, true, true, false, false, 1, 255)] // Uri-Host
    [InlineData(4, false, false, false, true, 1, 8)] // ETag
    [InlineData(5, true, false, false, false, 0, 0)] // If-None-Match
    [InlineData(6, false, true, false, false, 0, 3)] // Observe
    [InlineData(7, true, true, false, false, 0, 2)] // Uri-Port
    [InlineData(8, false, false, false, true, 0, 255)] // Location-Path
    [InlineData(11, true, true, false, true, 0, 255)] // Uri-Path
    [InlineData(12, false, false, false, false, 0, 2)] // Content-Format
    [InlineData(14, false, true, false, false, 0, 4)] // Max-Age
    [InlineData(15, true, true, false, true, 0, 255)] // Uri-Query
    [InlineData(16, false, false, false, false, 1, 1)] // Hop-Limit
    [InlineData(17, true, false, false, false, 0, 2)] // Accept
    [InlineData(20, false, false, false, true, 0, 255)] // Location-Query
    [InlineData(23, true, true, false, false, 0, 3)] // Block2
    [InlineData(27, true, true, false, false, 0, 3)] // Block1
    [InlineData(28, false, false, true, false, 0, 4)] // Size2
    [InlineData(35, true, true, false, false, 1, 1034)] // Proxy-Uri
    [InlineData(39, true, true, false, false, 1, 255)] // Proxy-Scheme
    [InlineData(60, false, false, true, false, 0, 4)] // Size1
    [InlineData(252, false, false, true, false, 1, 40)] // Echo
    [InlineData(258, false, true, false, false, 0, 1)] // No-Response
    [InlineData(292, false, false, false, true, 0, 8)] // Request-Tag
    public void An_option_has_the_properties_of_its_table(int number, bool critical, bool isUnsafe, bool noCacheKey, bool repeatable, int least, int most)
    {
        var option = (CoapOptionNumber)number;
        Assert.True(Enum.IsDefined(option));
        Assert.Equal(critical, option.IsCritical());
        Assert.Equal(isUnsafe, option.IsUnsafe());
        Assert.Equal(noCacheKey, option.IsNoCacheKey() && !option.IsUnsafe());
        Assert.True(CoapOptionNumbers.TryGetDefinition(option, out CoapOptionNumbers.OptionDefinition definition));
        Assert.Equal((least, most, repeatable), (definition.MinLength, definition.MaxLength, definition.Repeatable));
    }

    [Theory]
    [InlineData(9)] // OSCORE
    [InlineData(2)]
    [InlineData(65001)]
    public void Other_options_are_not_understood(int number) => Assert.False(CoapOptionNumbers.TryGetDefinition((CoapOptionNumber)number, out _));
}
