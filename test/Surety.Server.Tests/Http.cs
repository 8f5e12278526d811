using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Surety.Server.Tests;

/// <summary>Requests and answers as JSON, in few words.</summary>
internal static class Http
{
    public static async Task<JsonNode> GetOkAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return await response.ReadAsync(HttpStatusCode.OK);
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, HttpMethod method, string path, string body, string type = "application/json") =>
        client.SendAsync(method, path, new StringContent(body, Encoding.UTF8, type));

    public static async Task<HttpResponseMessage> SendAsync(this HttpClient client, HttpMethod method, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonNode> PostAsync(this HttpClient client, string path, string body, HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var response = await client.SendAsync(HttpMethod.Post, path, body);
        return await response.ReadAsync(expected);
    }

    public static async Task<JsonNode> PutAsync(this HttpClient client, string path, string body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await client.SendAsync(HttpMethod.Put, path, body);
        return await response.ReadAsync(expected);
    }

    public static async Task DeleteExpectingAsync(this HttpClient client, string path, HttpStatusCode expected)
    {
        using var response = await client.DeleteAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
    }

    /// <summary>The body of an answer that must have this status.</summary>
    public static async Task<JsonNode> ReadAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"expected {expected}, got {response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonNode.Parse(text)!;
    }

    /// <summary>The error object of an answer, checked against the conventions.</summary>
    public static async Task<JsonNode> ReadErrorAsync(this HttpResponseMessage response, HttpStatusCode expected, string type)
    {
        var error = await response.ReadAsync(expected);
        Assert.Equal("error", error.Text("object"));
        Assert.Equal((int)expected, (int)error["code"]!);
        Assert.Equal(type, error.Text("type"));
        Assert.False(string.IsNullOrWhiteSpace(error.Text("message")));
        Assert.Matches("^[0-9a-f]{32}$", error.Text("request_id"));
        Assert.Equal(error.Text("request_id"), response.Headers.GetValues("X-Request-ID").Single());
        return error;
    }

    public static async Task<JsonNode> GetErrorAsync(this HttpClient client, string path, HttpStatusCode expected, string type)
    {
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return await response.ReadErrorAsync(expected, type);
    }

    public static string Text(this JsonNode node, string member) => (string?)node[member] ?? "";

    public static EntityId Id(this JsonNode node, string member) => ReadId(node.Text(member));

    public static EntityId ReadId(string text) => EntityId.TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no id");

    /// <summary>The member of each item of a list, in order.</summary>
    public static IReadOnlyList<string> All(this JsonNode list, string member) => [.. list["data"]!.AsArray().Select(item => item!.Text(member))];

    /// <summary>The names of the members that an error object complains of.</summary>
    public static IReadOnlyList<string> Fields(this JsonNode error) => [.. error["fields"]!.AsArray().Select(field => field!.Text("name"))];
}
