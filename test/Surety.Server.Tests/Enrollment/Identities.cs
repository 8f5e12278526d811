using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Surety.Server.Tests.Enrollment;

/// <summary>Enrollment identities and bulk jobs, in few words.</summary>
internal static class Identities
{
    public const string Uploads = "/v3/device-enrollments-bulk-uploads";
    public const string Deletes = "/v3/device-enrollments-bulk-deletes";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static string New() => Of(RandomNumberGenerator.GetBytes(32));

    public static string Of(byte[] fingerprint) => "A-" + string.Join(':', fingerprint.Select(octet => octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    public static Task<JsonNode> EnrollAsync(this HttpClient client, string identity) =>
        client.PostAsync("/v3/device-enrollments", $"{{\"enrollment_identity\":\"{identity}\"}}");

    public static Task<HttpResponseMessage> TryEnrollAsync(this HttpClient client, string identity) =>
        client.SendAsync(HttpMethod.Post, "/v3/device-enrollments", $"{{\"enrollment_identity\":\"{identity}\"}}");

    public static Task<HttpResponseMessage> SendFileAsync(this HttpClient client, string path, byte[] file, string field = "enrollment_identities")
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return client.SendAsync(HttpMethod.Post, path, new MultipartFormDataContent { { content, field, "enrollments.csv" } });
    }

    public static async Task<JsonNode> UploadAsync(this HttpClient client, string path, string csv)
    {
        using var response = await client.SendFileAsync(path, Encoding.UTF8.GetBytes(csv));
        return await response.ReadAsync(HttpStatusCode.Created);
    }

    /// <summary>The job, once it has ended.</summary>
    public static async Task<JsonNode> CompletedAsync(this HttpClient client, string path, JsonNode job)
    {
        for (var waited = TimeSpan.Zero; ; waited += Interval)
        {
            var now = await client.GetOkAsync($"{path}/{job.Text("id")}");
            if (now.Text("status") == "completed")
                return now;
            Assert.True(waited < Patience, now.ToJsonString());
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The whole way: uploads a file and waits until it is processed.</summary>
    public static async Task<JsonNode> ProcessAsync(this HttpClient client, string path, string csv) =>
        await client.CompletedAsync(path, await client.UploadAsync(path, csv));

    /// <summary>A report as text, from the URL that the job names.</summary>
    public static async Task<string> ReportAsync(this HttpClient client, JsonNode job, string member)
    {
        using var response = await client.GetAsync(new Uri(job.Text(member)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
