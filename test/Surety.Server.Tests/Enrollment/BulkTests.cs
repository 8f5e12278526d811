using System.Net;
using System.Text;
using Surety.Server.Features.Enrollment;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Enrollment;

/// <summary>Bulk uploads and deletes; the same on both databases.</summary>
public abstract class BulkTests(TestServer server)
{
    private const string FullUploadHeader = "\"entity__id\",\"entity__created_at\",\"error__code\",\"error__type\",\"error__message\",\"error__fields\"\r\n";
    private const string FullDeleteHeader = "\"entity__id\",\"entity__deleted_at\",\"error__code\",\"error__type\",\"error__message\",\"error__fields\"\r\n";
    private const string ErrorsHeader = "\"entity__id\",\"error__code\",\"error__type\",\"error__message\",\"error__fields\"\r\n";
    private const string Time = "\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"";

    public sealed class OnSqlite(ServerFixture fixture) : BulkTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : BulkTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task A_job_begins_as_new_and_ends_as_completed_with_counts_and_reports()
    {
        var client = await server.NewAccountAsync();
        var identities = Enumerable.Range(0, 3).Select(_ => Identities.New()).ToArray();
        var made = await client.UploadAsync(Identities.Uploads, $"identity,note\r\n\"{identities[0]}\",mine\r\n{identities[1]}\r\n  {identities[2]}  \r\n");
        Assert.Equal("enrollment-identity-bulk-uploads", made.Text("object"));
        Assert.Equal("new", made.Text("status"));
        Assert.Equal(3, (int)made["total_count"]!);
        Assert.Equal(0, (int)made["processed_count"]!);
        Assert.Equal(0, (int)made["errors_count"]!);
        foreach (var member in new[] { "completed_at", "full_report_file", "errors_report_file" })
            Assert.True(made.AsObject().ContainsKey(member) && made[member] is null, member);

        var job = await client.CompletedAsync(Identities.Uploads, made);
        Assert.Equal(3, (int)job["processed_count"]!);
        Assert.Equal(0, (int)job["errors_count"]!);
        Assert.NotNull(job["completed_at"]);
        Assert.NotEqual(made.Text("etag"), job.Text("etag"));
        Assert.Matches("^[A-Za-z0-9]{0,256}$", job.Text("etag"));
        Assert.Equal($"{server.Address.GetLeftPart(UriPartial.Authority)}{Identities.Uploads}/{made.Text("id")}/full_report.csv", job.Text("full_report_file"));
        Assert.Equal($"{server.Address.GetLeftPart(UriPartial.Authority)}{Identities.Uploads}/{made.Text("id")}/errors_report.csv", job.Text("errors_report_file"));
        Assert.Equal(identities, (await client.GetOkAsync("/v3/device-enrollments")).All("enrollment_identity"));

        var report = await client.ReportAsync(job, "full_report_file");
        Assert.Matches($"^{FullUploadHeader}(\"A-[0-9A-F:]{{95}}\",{Time},\"\",\"\",\"\",\"\"\r\n){{3}}$", report);
        Assert.Equal(identities, report.Split("\r\n")[1..4].Select(line => line[1..98]));
        Assert.Equal(ErrorsHeader, await client.ReportAsync(job, "errors_report_file"));
    }

    [Fact]
    public async Task What_is_wrong_is_in_the_reports_and_the_rest_is_enrolled()
    {
        var client = await server.NewAccountAsync();
        string known = Identities.New(), foreign = Identities.New(), good = Identities.New();
        await client.EnrollAsync(known);
        await (await server.NewAccountAsync()).EnrollAsync(foreign);
        var job = await client.ProcessAsync(
            Identities.Uploads, $"\uFEFFid\n{known}\n{foreign}\nA-\"quoted\"\n\"\"\n{good}\n{good.ToLowerInvariant().Replace('a', 'A')}\n");
        Assert.Equal((6, 6, 5), ((int)job["total_count"]!, (int)job["processed_count"]!, (int)job["errors_count"]!));
        const string duplicate = "\"409\",\"duplicate\",\"The enrollment identity is already in this account or in another one.\",\"\"\r\n";
        const string invalid = "\"400\",\"validation_error\",\"Invalid enrollment identity.\","
            + "\"enrollment_identity must be 'A-' and 32 hexadecimal octets with colons between them\"\r\n";
        Assert.Equal(
            $"{ErrorsHeader}\"{known}\",{duplicate}\"{foreign}\",{duplicate}\"A-\"\"quoted\"\"\",{invalid}\"\",{invalid}\"{good}\",{duplicate}",
            await client.ReportAsync(job, "errors_report_file"));
        var full = await client.ReportAsync(job, "full_report_file");
        Assert.StartsWith($"{FullUploadHeader}\"{known}\",\"\",{duplicate}\"{foreign}\",\"\",{duplicate}", full, StringComparison.Ordinal);
        Assert.Matches($"\"{good}\",{Time},\"\",\"\",\"\",\"\"\r\n\"{good}\",\"\",\"409\"", full);
        Assert.Equal([known, good], (await client.GetOkAsync("/v3/device-enrollments")).All("enrollment_identity"));
    }

    [Fact]
    public async Task A_bulk_delete_takes_the_account_s_own_and_nobody_else_s()
    {
        var client = await server.NewAccountAsync();
        var other = await server.NewAccountAsync();
        string mine = Identities.New(), kept = Identities.New(), foreign = Identities.New();
        await client.EnrollAsync(mine);
        await client.EnrollAsync(kept);
        await other.EnrollAsync(foreign);
        var job = await client.ProcessAsync(Identities.Deletes, $"id\n{mine.ToLowerInvariant().Replace("a-", "A-", StringComparison.Ordinal)}\n{foreign}\n{mine}\nx\n");
        Assert.Equal((4, 4, 3), ((int)job["total_count"]!, (int)job["processed_count"]!, (int)job["errors_count"]!));
        Assert.Equal("enrollment-identity-bulk-uploads", job.Text("object"));
        Assert.Contains("/v3/device-enrollments-bulk-deletes/", job.Text("full_report_file"), StringComparison.Ordinal);
        const string missing = "\"404\",\"not_found\",\"The account has no such enrollment identity.\",\"\"\r\n";
        var full = await client.ReportAsync(job, "full_report_file");
        Assert.Matches($"^{FullDeleteHeader}\"{mine}\",{Time},\"\",\"\",\"\",\"\"\r\n\"{foreign}\",\"\",{missing}\"{mine}\",\"\",{missing}\"x\",\"\",\"400\"", full);
        Assert.StartsWith($"{ErrorsHeader}\"{foreign}\",{missing}\"{mine}\",{missing}\"x\",\"400\"", await client.ReportAsync(job, "errors_report_file"), StringComparison.Ordinal);
        Assert.Equal([kept], (await client.GetOkAsync("/v3/device-enrollments")).All("enrollment_identity"));
        Assert.Equal([foreign], (await other.GetOkAsync("/v3/device-enrollments")).All("enrollment_identity"));
    }

    [Fact]
    public async Task A_file_of_several_batches_is_processed_wholly_and_in_order()
    {
        var client = await server.NewAccountAsync();
        var identities = Enumerable.Range(0, (2 * BulkBatch.Size) + 10).Select(_ => Identities.New()).ToArray();
        var csv = "id\n" + string.Join('\n', identities) + "\n" + identities[0];
        var job = await client.ProcessAsync(Identities.Uploads, csv);
        Assert.Equal(identities.Length + 1, (int)job["processed_count"]!);
        // The same identity in another batch is a duplicate, too.
        Assert.Equal(1, (int)job["errors_count"]!);
        Assert.Equal([.. identities, identities[0]], (await client.ReportAsync(job, "full_report_file")).Split("\r\n")[1..^1].Select(line => line[1..98]));
        Assert.Equal(identities[..1000], (await client.GetOkAsync("/v3/device-enrollments?limit=1000")).All("enrollment_identity"));
        Assert.Equal(0, (int)(await client.ProcessAsync(Identities.Deletes, csv[..csv.LastIndexOf('\n')]))["errors_count"]!);
        Assert.Empty((await client.GetOkAsync("/v3/device-enrollments")).All("id"));
    }

    [Fact]
    public async Task A_file_without_identities_is_completed_with_empty_reports()
    {
        var client = await server.NewAccountAsync();
        var job = await client.ProcessAsync(Identities.Uploads, "\"Examples of blank lines that are ignored.\"\n\n,,\n, This is also considered to a blank line.\n");
        Assert.Equal(0, (int)job["total_count"]!);
        Assert.Equal(FullUploadHeader, await client.ReportAsync(job, "full_report_file"));
        Assert.Equal(ErrorsHeader, await client.ReportAsync(job, "errors_report_file"));
    }

    [Fact]
    public async Task Two_accounts_that_upload_the_same_file_at_once_share_it_without_loss()
    {
        var first = await server.NewAccountAsync();
        var second = await server.NewAccountAsync();
        var identities = Enumerable.Range(0, 1500).Select(_ => Identities.New()).ToArray();
        var csv = "id\n" + string.Join('\n', identities);
        var jobs = await Task.WhenAll(first.ProcessAsync(Identities.Uploads, csv), second.ProcessAsync(Identities.Uploads, csv));
        Assert.Equal(identities.Length, jobs.Sum(job => (int)job["errors_count"]!));
        var enrolled = new List<string>();
        foreach (var client in new[] { first, second })
        {
            var page = await client.GetOkAsync("/v3/device-enrollments?limit=1000");
            enrolled.AddRange(page.All("enrollment_identity"));
            if ((bool)page["has_more"]!)
                enrolled.AddRange((await client.GetOkAsync($"/v3/device-enrollments?limit=1000&after={page.All("id")[^1]}")).All("enrollment_identity"));
        }

        Assert.Equal(identities.Order(StringComparer.Ordinal), enrolled.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_upload_is_not_found_among_the_deletes()
    {
        var client = await server.NewAccountAsync();
        var job = await client.ProcessAsync(Identities.Uploads, "id\nx");
        await client.GetErrorAsync($"{Identities.Deletes}/{job.Text("id")}", HttpStatusCode.NotFound, "not_found");
        await client.GetErrorAsync($"{Identities.Deletes}/{job.Text("id")}/full_report.csv", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_file_of_more_than_10_MB_is_too_large()
    {
        var client = await server.NewAccountAsync();
        using var response = await client.SendFileAsync(Identities.Uploads, new byte[IdentityFile.MaxFileSize + 1]);
        await response.ReadErrorAsync(HttpStatusCode.RequestEntityTooLarge, "validation_error");
        using var wide = await client.SendFileAsync(Identities.Uploads, [.. "id\n"u8, .. Enumerable.Repeat((byte)' ', (int)IdentityFile.MaxFileSize - 3)]);
        Assert.Equal(0, (int)(await wide.ReadAsync(HttpStatusCode.Created))["total_count"]!);
    }

    [Fact]
    public async Task A_body_that_holds_no_file_is_refused()
    {
        var client = await server.NewAccountAsync();
        using (var response = await client.SendFileAsync(Identities.Uploads, "id\n"u8.ToArray(), field: "datafile"))
            Assert.Equal(["enrollment_identities"], (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Fields());
        using (var response = await client.SendFileAsync(Identities.Uploads, [(byte)'i', (byte)'\n', 0xC3, 0x28, (byte)'\n']))
            Assert.Contains("UTF-8", (await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error")).Text("message"), StringComparison.Ordinal);
        using (var response = await client.SendAsync(HttpMethod.Post, Identities.Uploads, "id\n", "text/csv"))
            await response.ReadErrorAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        foreach (var type in new[] { "multipart/form-data", "multipart/form-data; boundary=x", $"multipart/form-data; boundary={new string('x', 71)}" })
        {
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes("no boundary here"));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var response = await client.SendAsync(HttpMethod.Post, Identities.Uploads, content);
            await response.ReadErrorAsync(HttpStatusCode.BadRequest, "validation_error");
        }
    }
}
