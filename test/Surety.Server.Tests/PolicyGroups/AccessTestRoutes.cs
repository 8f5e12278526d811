using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Tests.PolicyGroups;

/// <summary>The routes of the server that need a key, and what becomes of a call.</summary>
internal static class AccessTestRoutes
{
    private const string Unknown = "00000000000000000000000000000001";

    // They wait for events, or for a websocket; whether they are refused is seen, whether they end is not waited for.
    private static readonly HashSet<string> Waiting = ["/v2/notification/pull", "/v2/notification/websocket-connect", "/v3/events/stream", "/v3/devices/{device_id}/trace"];

    // A call with another media type than the route takes reaches no endpoint.
    public sealed record Route(string Method, string Pattern, Feature? Feature, string MediaType)
    {
        public bool IsRead => Method == "GET";

        public bool IsWaiting => IsRead && Waiting.Contains(Pattern);

        /// <summary>What the feature's collection is called in the path, in the caller's account and in that of a tenant.</summary>
        public string Collection => Pattern.Replace("/v3/accounts/{account_id}/", "/v3/", StringComparison.Ordinal).Split('/')[2];
    }

    public static IReadOnlyList<RouteEndpoint> EndpointsThatNeedAKey(TestServer server) =>
    [
        .. server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null),
    ];

    public static IReadOnlyList<Route> Of(TestServer server) =>
    [
        .. from endpoint in EndpointsThatNeedAKey(server)
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
           select new Route(method, endpoint.RoutePattern.RawText!.TrimEnd('/'), endpoint.Metadata.GetMetadata<FeatureRoute>()?.Feature, MediaTypeOf(endpoint)),
    ];

    /// <summary>Calls a route with ids of nothing, in the account itself.</summary>
    /// <returns>The status, and whether the caller's rights were the reason.</returns>
    public static async Task<(HttpStatusCode Status, bool IsRefused)> CallAsync(this HttpClient client, Route route, string account)
    {
        var path = string.Join('/', route.Pattern.Split('/').Select(segment => segment switch
        {
            "{account_id}" => account,
            "{**path}" => "3/0/0",
            "{certificate-name}" => "LWM2M",
            ['{', ..] => Unknown,
            _ => segment,
        }));
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        if (!route.IsRead)
            request.Content = ContentOf(route.MediaType);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (response.StatusCode != HttpStatusCode.Forbidden)
            return (response.StatusCode, false);
        var error = await response.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
        var message = error.Text("message");
        return (response.StatusCode, route.Feature is { } feature && message.Contains($"{route.Method} of the feature '{feature.Name}'", StringComparison.Ordinal));
    }

    /// <summary>A client with a new key in a group of the account.</summary>
    public static async Task<HttpClient> KeyInAsync(this TestServer server, HttpClient admin, string group) =>
        server.Client((await admin.PostAsync("/v3/api-keys", $"{{\"name\":\"member\",\"groups\":[\"{group}\"]}}")).Text("key"));

    /// <summary>The id of a group by its name.</summary>
    public static async Task<string> GroupAsync(this HttpClient admin, string name) => (await admin.GetOkAsync($"/v3/policy-groups?name__eq={name}")).All("id")[0];

    private static string MediaTypeOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes is [var type, ..] ? type : "application/json";

    private static HttpContent ContentOf(string mediaType) => mediaType switch
    {
        "application/json" => new StringContent("{}", Encoding.UTF8, mediaType),
        "multipart/form-data" => new MultipartFormDataContent(),
        _ => new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
    };
}
