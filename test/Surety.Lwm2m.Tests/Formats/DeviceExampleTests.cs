using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

public sealed class DeviceExampleTests
{
    public static TheoryData<int, string, byte[]> Payloads => new()
    {
        { 11542, "/3/0", Hex(DeviceExample.Tlv) },
        { 11542, "/3", Hex(DeviceExample.TlvOfObject) },
        { 112, "/3/0", Hex(DeviceExample.SenmlCbor) },
        { 110, "/3/0", Utf8(DeviceExample.SenmlJson) },
        { 11543, "/3/0", Utf8(DeviceExample.OmaJson) },
        { 11544, "/3/0", Hex(DeviceExample.Lwm2mCbor) },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public void The_specifications_example_is_decoded(int format, string path, byte[] payload) =>
        Assert.Equal(DeviceExample.Entries, Decode(new ContentFormat((ushort)format), path, payload));

    [Theory]
    [MemberData(nameof(Payloads))]
    public void The_specifications_example_is_encoded_to_the_byte(int format, string path, byte[] payload) =>
        Assert.Equal(payload, Encode(new ContentFormat((ushort)format), path, DeviceExample.Entries));

    [Fact]
    public void A_wrapped_instance_is_accepted_where_the_request_names_the_instance() =>
        Assert.Equal(DeviceExample.Entries, Decode(ContentFormat.Lwm2mTlv, "/3/0", Hex(DeviceExample.TlvOfObject)));

    [Fact]
    public void Unwrapped_resources_of_an_object_belong_to_its_instance_zero() =>
        Assert.Equal(DeviceExample.Entries, Decode(ContentFormat.Lwm2mTlv, "/3", Hex(DeviceExample.Tlv)));

    [Theory]
    [InlineData(99)]
    [InlineData(1542)]
    public void Numbers_from_before_the_registration_of_TLV_mean_TLV(int format) =>
        Assert.Equal(DeviceExample.Entries, Decode(new ContentFormat((ushort)format), "/3/0", Hex(DeviceExample.Tlv)));

    [Fact]
    public void The_old_number_of_JSON_means_JSON() =>
        Assert.Equal(DeviceExample.Entries, Decode(new ContentFormat(1543), "/3/0", Utf8(DeviceExample.OmaJson)));

    [Fact]
    public void The_old_numbers_of_text_and_opaque_mean_text_and_opaque()
    {
        Assert.Equal(["/3/0/9 Integer 100"], Decode(new ContentFormat(1541), "/3/0/9", Utf8("100")));
        Assert.Equal(["/5/0/0 Opaque 0102"], Decode(new ContentFormat(1544), "/5/0/0", [1, 2]));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(50)]
    [InlineData(65535)]
    public void A_format_without_values_is_refused_by_its_number(int format)
    {
        Assert.False(Lwm2mContent.IsSupported(new ContentFormat((ushort)format)));
        Assert.Contains($"{format}", Refuse(new ContentFormat((ushort)format), "/3/0", Hex(DeviceExample.Tlv)));
        Assert.Contains($"{format}", RefuseToEncode(new ContentFormat((ushort)format), "/3/0", DeviceExample.Entries));
    }
}
