namespace Surety.Dtls.Tests;

/// <summary>What is authenticated beside the content, field by field as the specifications list it.</summary>
public sealed class AdditionalDataTests
{
    // Type 25, version, epoch 1, number 0x05, Connection ID AABBCC, length 0x20.
    private static readonly byte[] Record = Convert.FromHexString("19fefd0001000000000005aabbcc0020");

    [Fact]
    public void Without_Connection_ID_it_is_that_of_RFC_6347_4_1_2_1()
    {
        byte[] record = Convert.FromHexString("17fefd00010000000000050018");
        Assert.Equal("000100000000000517fefd0010", Write(record, 0, ConnectionIdForm.None, 16));
    }

    [Fact]
    public void With_Connection_ID_it_is_that_of_RFC_9146_5_3() => Assert.Equal(
        "ffffffffffffffff" + "19" + "03" + "19" + "fefd" + "0001" + "000000000005" + "aabbcc" + "0018", Write(Record, 3, ConnectionIdForm.Rfc9146, 24));

    [Fact]
    public void With_the_extension_of_the_draft_it_is_that_of_the_draft() => Assert.Equal(
        "0001" + "000000000005" + "19" + "fefd" + "aabbcc" + "03" + "0018", Write(Record, 3, ConnectionIdForm.Draft05, 24));

    private static string Write(byte[] record, int cidLength, ConnectionIdForm form, int length)
    {
        byte[] destination = new byte[64];
        return Convert.ToHexStringLower(destination.AsSpan(0, RecordProtection.WriteAdditionalData(record, record.AsSpan(11, cidLength), form, length, destination)));
    }
}
