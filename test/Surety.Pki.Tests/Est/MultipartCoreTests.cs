using Surety.Testing;

namespace Surety.Pki.Tests.Est;

/// <summary>RFC 8710; RFC 9148, 4.3 and A.3.</summary>
public sealed class MultipartCoreTests
{
    // RFC 9148, Figure 2.
    private const string Figure2 = "84 19011C 48 0123456789ABCDEF 190119 48 FEDCBA9876543210";

    [Fact]
    public void Figure_2_of_RFC_9148_is_written_and_read()
    {
        byte[] document = Rfc9148.Bytes(Figure2);
        Assert.Equal(document, MultipartCore.Write(
            new MultipartCorePart(284, Convert.FromHexString("0123456789ABCDEF")), new MultipartCorePart(281, Convert.FromHexString("FEDCBA9876543210"))));
        Assert.True(MultipartCore.TryRead(document, out IReadOnlyList<MultipartCorePart>? parts, out _));
        Assert.Equal([284, 281], parts.Select(part => (int)part.ContentFormat));
        Assert.Equal("0123456789ABCDEF", Convert.ToHexString(parts[0].Content!.Value.Span));
    }

    [Fact]
    public void The_response_with_a_key_in_RFC_9148_is_written_and_read()
    {
        byte[] key = Rfc9148.Bytes(Rfc9148.ServerKey), certificates = Rfc9148.Bytes(Rfc9148.ServerKeyCertificates);
        byte[] document = [0x84, 0x19, 0x01, 0x1C, 0x58, 0x8A, .. key, 0x19, 0x01, 0x19, 0x59, 0x01, 0xD3, .. certificates];
        Assert.Equal(document, MultipartCore.Write(new MultipartCorePart(284, key), new MultipartCorePart(281, certificates)));
        Assert.True(MultipartCore.TryRead(document, out IReadOnlyList<MultipartCorePart>? parts, out _));
        Assert.Equal(certificates, parts[1].Content!.Value.ToArray());
    }

    [Theory]
    [InlineData("80", 0)]
    // RFC 8710, 2: null stands for no representation.
    [InlineData("8218 2A F6", 1)]
    [InlineData("82 1817 40", 1)]
    [InlineData("82 1A00000000 5A00000001 FF", 1)]
    public void Other_documents_are_read(string hex, int count)
    {
        Assert.True(MultipartCore.TryRead(Rfc9148.Bytes(hex), out IReadOnlyList<MultipartCorePart>? parts, out string? problem), problem);
        Assert.Equal(count, parts.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("81 00")]
    [InlineData("82 00")]
    [InlineData("82 00 00")]
    [InlineData("82 00 41")]
    [InlineData("82 1A00010000 40")]
    [InlineData("82 00 5AFFFFFFFF")]
    [InlineData("82 00 5BFFFFFFFFFFFFFFFF")]
    [InlineData("9F 00 40 FF")]
    [InlineData("82 00 5F FF")]
    [InlineData("82 20 40")]
    [InlineData("A1 00 40")]
    [InlineData("82 00 40 00")]
    [InlineData("9AFFFFFFFE")]
    [InlineData("9822")]
    public void Anything_else_is_refused(string hex)
    {
        Assert.False(MultipartCore.TryRead(Rfc9148.Bytes(hex), out _, out string? problem));
        Assert.NotNull(problem);
    }
}
