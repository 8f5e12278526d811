using Surety.Coap;
using Surety.Server.Features.Notifications;

namespace Surety.Server.Tests.Notifications;

/// <summary>Media types and CoAP's content formats (IANA, CoAP Content-Formats; OMA's numbers; the names that Pelion's clients send).</summary>
public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("text/plain", 0)]
    [InlineData("TEXT/Plain; charset=utf-8", 0)]
    [InlineData("application/link-format", 40)]
    [InlineData("application/octet-stream", 42)]
    [InlineData("application/json", 50)]
    [InlineData("application/cbor", 60)]
    [InlineData("application/senml+json", 110)]
    [InlineData("application/senml+cbor", 112)]
    [InlineData("application/vnd.oma.lwm2m+tlv", 11542)]
    [InlineData("application/vnd.oma.lwm2m+json", 11543)]
    [InlineData("application/vnd.oma.lwm2m+cbor", 11544)]
    [InlineData("application/vnd.oma.lwm2m+text", 0)]
    [InlineData("application/vnd.oma.lwm2m+opaq", 42)]
    [InlineData("application/nanoservice-tlv", 11542)]
    [InlineData("application/cose; cose-type=\"cose-sign1\"", 18)]
    [InlineData("application/cose;cose-type=cose-sign1", 18)]
    [InlineData("11542", 11542)]
    [InlineData("65000", 65000)]
    public void A_name_has_a_number(string name, int number)
    {
        Assert.True(MediaTypes.TryParse(name, out var format));
        Assert.Equal(number, format.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    [InlineData("text")]
    [InlineData("*/*")]
    [InlineData("text/html")]
    [InlineData("application/cose")]
    [InlineData("application/cose; cose-type=\"other\"")]
    [InlineData("65536")]
    [InlineData("-1")]
    public void What_CoAP_has_no_number_for_is_refused(string? name) => Assert.False(MediaTypes.TryParse(name, out _));

    [Theory]
    [InlineData("0 60", "text/plain application/cbor")]
    [InlineData("11542", "application/vnd.oma.lwm2m+tlv")]
    [InlineData("65000", "65000")]
    [InlineData("text/plain", "text/plain")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void The_formats_of_a_link_are_named(string? formats, string? names) => Assert.Equal(names, MediaTypes.NamesOf(formats));

    [Fact]
    public void A_format_without_a_name_is_its_number() => Assert.Equal("65000", MediaTypes.NameOf(new ContentFormat(65000)));
}
