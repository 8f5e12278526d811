using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Surety.Server.Tests.Users;

/// <summary>Signs users in.</summary>
internal static class Login
{
    /// <summary>Part of a name that nobody else has: 16 digits.</summary>
    public static string Unique() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    public static async Task<JsonNode> LoginAsync(this TestServer server, string name, string password, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await server.TryLoginAsync(name, password);
        return await response.ReadAsync(expected);
    }

    public static Task<HttpResponseMessage> TryLoginAsync(this TestServer server, string name, string password) =>
        server.Anonymous.SendAsync(HttpMethod.Post, "/auth/login", new JsonObject { ["username"] = name, ["password"] = password }.ToJsonString());
}
