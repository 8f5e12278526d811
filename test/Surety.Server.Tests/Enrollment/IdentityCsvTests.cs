using System.Text;
using Surety.Server.Features.Enrollment;

namespace Surety.Server.Tests.Enrollment;

/// <summary>The rules of the contract for files of identities, with the contract's own examples.</summary>
public sealed class IdentityCsvTests
{
    private const string Identity = "A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:44:71:93:23:22:15:43:23:12";

    [Fact]
    public async Task The_valid_file_of_the_contract_has_six_identities()
    {
        var values = await ReadAsync(
            """
            "Examples of valid identites, notes"
            "A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:44:71:93:23:22:15:43:23:12",
            "A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:25:48:44:71:22:15:43:23:12"
            A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:25:48:44:71:22:15:43:23:12
            A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:25:24:44:71:22:15:43:23:12, This text is ignored,
             A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:60:25:48:44:71:22:15:43:23:12       , Whitespace is trimmed before validation.
              "A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:60:25:48:44:71:22:15:43:23:12"       , Whitespace around quotation marks is also trimmed.

            """);
        Assert.Equal(6, values.Length);
        Assert.All(values, value => Assert.True(EnrollmentFingerprint.TryParse(value, out _), value));
    }

    [Fact]
    public async Task The_invalid_file_of_the_contract_has_four_identities_that_are_all_wrong()
    {
        var values = await ReadAsync(
            """
            "A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:44:71:93:23:22:15:43:23:12", First line is ignored.
            A_4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:25:48:44:71:22:15:43:23:12, Invalid version identifier.
            A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:25:48:44:71:22:15:43:23, Too-short identity.
            "", Empty quotation marks are an invalid identity.
            " A-4E:63:2D:AE:14:BC:D1:09:77:21:95:44:ED:34:06:57:1E:03:B1:EF:0E:F2:59:44:71:93:23:22:15:43:23:12 ", Whitespace inside quotation marks is not trimmed, causing an error.

            """);
        Assert.Equal(4, values.Length);
        Assert.All(values, value => Assert.False(EnrollmentFingerprint.TryParse(value, out _), value));
    }

    [Theory]
    [InlineData("\"Examples of blank lines that are ignored.\"\n\n,,\n, This is also considered to a blank line.\n")]
    [InlineData("")]
    [InlineData("header")]
    [InlineData("header\r\n")]
    [InlineData("header\n \t\u0000 \n  ,x")]
    public async Task A_file_without_identities_is_empty(string csv) => Assert.Empty(await ReadAsync(csv));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public async Task Lines_end_with_LF_CR_or_both(string end) =>
        Assert.Equal([Identity, Identity], await ReadAsync($"header{end}{Identity}{end}{end}{Identity}{end}"));

    [Fact]
    public async Task The_last_line_needs_no_end() => Assert.Equal([Identity], await ReadAsync($"header\n{Identity}"));

    [Fact]
    public async Task A_byte_order_mark_does_not_hurt() => Assert.Equal([Identity], await ReadAsync($"\uFEFFheader\n{Identity}\n"));

    [Fact]
    public async Task White_space_is_U_0000_to_U_0020_and_nothing_else()
    {
        var values = await ReadAsync($"header\n\u0000\u0001\u001F \t{Identity}\u0000\t ,\n\u00A0{Identity}\n");
        Assert.Equal([Identity, "\u00A0" + Identity], values);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"A-4E")]
    [InlineData("\"A-4E\"x")]
    [InlineData("\"A-4E\" \"x\"")]
    [InlineData("nul\u0000nul")]
    public async Task What_is_wrong_with_quotes_or_characters_is_an_identity_that_is_wrong(string line)
    {
        var value = Assert.Single(await ReadAsync($"header\n{line}\n"));
        Assert.False(EnrollmentFingerprint.TryParse(value, out _));
        Assert.DoesNotContain('\0', value);
    }

    [Fact]
    public async Task A_long_value_is_cut_and_a_character_of_two_units_is_not_split()
    {
        var value = Assert.Single(await ReadAsync("header\n" + new string('x', 127) + string.Concat(Enumerable.Repeat("😀", 1000))));
        Assert.Equal(new string('x', 127), value);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'h', (byte)'\n', 0xFF, 0xFE, (byte)'\n' })]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'h', 0, (byte)'\n', 0 })]
    public async Task Another_encoding_than_UTF_8_is_refused(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var error = await Assert.ThrowsAsync<FormatException>(() => IdentityCsv.ReadAsync(stream, TestContext.Current.CancellationToken));
        Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_many_short_lines_is_refused()
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes("header\n" + string.Concat(Enumerable.Repeat("x\n", IdentityCsv.MaxIdentities + 1))));
        await Assert.ThrowsAsync<FormatException>(() => IdentityCsv.ReadAsync(stream, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Identities_come_in_batches_in_their_order()
    {
        var lines = Enumerable.Range(0, (2 * BulkBatch.Size) + 1).Select(number => $"line {number}").ToArray();
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes("header\n" + string.Join('\n', lines)));
        var csv = await IdentityCsv.ReadAsync(stream, TestContext.Current.CancellationToken);
        Assert.Equal(lines.Length, csv.Count);
        Assert.Equal(3, csv.Batches.Count);
        Assert.Equal(lines, csv.Batches.SelectMany(IdentityCsv.Split));
    }

    private static async Task<string[]> ReadAsync(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var csv = await IdentityCsv.ReadAsync(stream, TestContext.Current.CancellationToken);
        var values = csv.Batches.SelectMany(IdentityCsv.Split).ToArray();
        Assert.Equal(values.Length, csv.Count);
        return values;
    }
}
