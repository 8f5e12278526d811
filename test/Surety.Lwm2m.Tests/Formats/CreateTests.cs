using System.Buffers;
using Surety.Coap;
using static Surety.Lwm2m.Tests.Formats.Contents;

namespace Surety.Lwm2m.Tests.Formats;

public sealed class CreateTests
{
    private static readonly ResourceEntry[] Account = [Parse("/1/0/0 Integer 101"), Parse("/1/0/1 Integer 86400")];

    [Fact]
    public void TLV_without_instance_leaves_the_id_to_the_client()
    {
        byte[] payload = Encode(ContentFormat.Lwm2mTlv, 1, null, Account);
        Assert.Equal(Hex("c10065 c40100015180"), payload);
        Assert.Equal(["/1/0/0 Integer 101", "/1/0/1 Integer 86400"], Decode(ContentFormat.Lwm2mTlv, 1, payload, out bool isUnnamed));
        Assert.True(isUnnamed);
    }

    [Fact]
    public void LwM2M_CBOR_leaves_the_id_to_the_client_by_the_reserved_id()
    {
        // Core TS 1.2.2, 7.5.4.6.
        byte[] payload = Encode(ContentFormat.Lwm2mCbor, 1, null, Account);
        Assert.Equal(Hex("a1820119ffffa2001865011a00015180"), payload);
        Assert.Equal(["/1/0/0 Integer 101", "/1/0/1 Integer 86400"], Decode(ContentFormat.Lwm2mCbor, 1, payload, out bool isUnnamed));
        Assert.True(isUnnamed);
    }

    [Theory]
    [InlineData(11542, "080509c10065c40100015180")]
    [InlineData(11544, "a1820105a2001865011a00015180")]
    [InlineData(112, "82a321652f312f352f006130021865a2006131021a00015180")]
    public void The_creator_names_the_id(int number, string hex)
    {
        ContentFormat format = new((ushort)number);
        byte[] payload = Encode(format, 1, 5, Account);
        Assert.Equal(hex, Convert.ToHexStringLower(payload));
        Assert.Equal(["/1/5/0 Integer 101", "/1/5/1 Integer 86400"], Decode(format, 1, payload, out bool isUnnamed));
        Assert.False(isUnnamed);
    }

    [Fact]
    public void The_specifications_examples_are_decoded()
    {
        string[] instance5 = ["/2/5/0 Integer 5", "/2/5/1 Integer 0", "/2/5/2/102 Integer 0", "/2/5/3 Integer 101"];
        Assert.Equal(instance5, Decode(ContentFormat.Lwm2mCbor, 2, Hex("a1820205a4000501008202186600031865"), out bool isUnnamed));
        Assert.False(isUnnamed);
        string[] unnamed = ["/2/0/0 Integer 5", "/2/0/1 Integer 0", "/2/0/2/102 Integer 0", "/2/0/3 Integer 101"];
        Assert.Equal(unnamed, Decode(ContentFormat.Lwm2mCbor, 2, Hex("a1820219ffffa4000501008202186600031865"), out isUnnamed));
        Assert.True(isUnnamed);
    }

    [Fact]
    public void An_instance_without_resources_is_created()
    {
        Assert.Equal([], Encode(ContentFormat.Lwm2mTlv, 1, null, []));
        Assert.Equal(Hex("a1820119ffffa0"), Encode(ContentFormat.Lwm2mCbor, 1, null, []));
        Assert.Equal([], Decode(ContentFormat.Lwm2mTlv, 1, [], out bool isUnnamed));
        Assert.True(isUnnamed);
        Assert.Equal(["/1/0 -"], Decode(ContentFormat.Lwm2mCbor, 1, Hex("a1820119ffffa0"), out isUnnamed));
        Assert.True(isUnnamed);
        Assert.Equal(["/1/7 -"], Decode(ContentFormat.Lwm2mTlv, 1, Hex("0007"), out isUnnamed));
        Assert.False(isUnnamed);
    }

    [Fact]
    public void Several_instances_are_created_at_once()
    {
        string[] entries = Decode(ContentFormat.Lwm2mTlv, 1, Hex("0303c10065 0304c10066"), out bool isUnnamed);
        Assert.Equal(["/1/3/0 Integer 101", "/1/4/0 Integer 102"], entries);
        Assert.False(isUnnamed);
    }

    [Fact]
    public void The_reserved_id_is_valid_in_a_create_only() => Refuse(ContentFormat.Lwm2mCbor, "/1", Hex("a1820119ffffa2001865011a00015180"));

    [Theory]
    [InlineData(11542, "0303c10065c10066")]
    [InlineData(11544, "a2820119ffffa1001865820105a1001866")]
    [InlineData(11544, "a1820219ffffa1001865")]
    [InlineData(0, "31")]
    [InlineData(60, "01")]
    public void What_is_no_content_of_a_create_is_refused(int format, string hex)
    {
        List<ResourceEntry> entries = [];
        bool isDecoded = Lwm2mContent.TryDecodeCreate(new ContentFormat((ushort)format), Hex(hex), 1, Context, entries, out _, out string? reason);
        Assert.False(isDecoded);
        Assert.NotEmpty(reason!);
        Assert.Empty(entries);
    }

    [Fact]
    public void SenML_cannot_leave_the_id_open()
    {
        Assert.False(Lwm2mContent.TryEncodeCreate(ContentFormat.SenmlCbor, 1, null, Account, Context, new ArrayBufferWriter<byte>(), out string? reason));
        Assert.Contains("112", reason);
    }

    [Fact]
    public void Entries_of_two_instances_are_refused()
    {
        ResourceEntry[] entries = [Parse("/1/0/0 Integer 1"), Parse("/1/1/0 Integer 2")];
        Assert.False(Lwm2mContent.TryEncodeCreate(ContentFormat.Lwm2mTlv, 1, 5, entries, Context, new ArrayBufferWriter<byte>(), out string? reason));
        Assert.Contains("/1/1/0", reason);
    }

    private static byte[] Encode(ContentFormat format, ushort objectId, ushort? instanceId, ResourceEntry[] entries)
    {
        ArrayBufferWriter<byte> output = new();
        Assert.True(Lwm2mContent.TryEncodeCreate(format, objectId, instanceId, entries, Context, output, out string? reason), reason);
        return output.WrittenSpan.ToArray();
    }

    private static string[] Decode(ContentFormat format, ushort objectId, byte[] payload, out bool isUnnamed)
    {
        List<ResourceEntry> entries = [];
        Assert.True(Lwm2mContent.TryDecodeCreate(format, payload, objectId, Context, entries, out isUnnamed, out string? reason), reason);
        return [.. entries.Select(Describe)];
    }
}
