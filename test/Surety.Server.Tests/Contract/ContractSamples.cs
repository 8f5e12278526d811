using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Surety.Server.Tests.Certificates;
using Surety.Server.Tests.Enrollment;

namespace Surety.Server.Tests.Contract;

/// <summary>What a valid call of each operation has: ids, query and body. Operations of tenants have those of their like.</summary>
internal static class ContractSamples
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    /// <summary>How an id comes to be that no call of the contract makes, or that is given. The path is that of the operation, up to the id.</summary>
    public static IReadOnlyDictionary<string, Func<ContractScene, string, Task<string>>> Parameters { get; } = new Dictionary<string, Func<ContractScene, string, Task<string>>>
    {
        ["/v2/device-requests/{}"] = Connected,
        ["/v2/endpoints/{}"] = Connected,
        ["/v2/endpoints/{}/{}"] = Given("3303/0/5700"),
        ["/v2/subscriptions/{}"] = Connected,
        ["/v2/subscriptions/{}/{}"] = Given("3303/0/5700"),
        ["/v2/device-shared-keys/{}"] = SharedKeyAsync,
        ["/v3/accounts/me/notifications/{}"] = MailAsync,
        ["/v3/notifications/{}"] = MailAsync,
        ["/v3/branding-colors/dark/{}"] = Given("primary"),
        ["/v3/branding-colors/light/{}"] = Given("primary"),
        ["/v3/branding-images/dark/{}"] = Given("brand_logo_landscape"),
        ["/v3/branding-images/light/{}"] = Given("brand_logo_landscape"),
        ["/v3/certificate-enrollments/{}"] = async (scene, _) => (await scene.Client.PostAsync(await scene.PathAsync("/v3/devices/{}/certificates/{}/renew"), "{}")).Text("id"),
        ["/v3/device-block-categories/{}"] = Given("maintenance"),
        ["/v3/device-enrollment-denials/{}"] = (scene, _) => TenancyTests.MakeDenialAsync(scene.Server, scene.Client),
        ["/v3/device-enrollments-bulk-deletes/{}"] = async (scene, _) => (await scene.Client.ProcessAsync(Identities.Deletes, "id\nx")).Text("id"),
        ["/v3/device-enrollments-bulk-uploads/{}"] = async (scene, _) => (await scene.Client.ProcessAsync(Identities.Uploads, "id\nx")).Text("id"),
        ["/v3/device-events/{}"] = EventAsync,
        ["/v3/devicelog/{}"] = EventAsync,
        ["/v3/devices/{}/certificates/{}"] = Given("LWM2M"),
    };

    /// <summary>What must have been done before an operation, by its id.</summary>
    public static IReadOnlyDictionary<string, Func<ContractScene, Task>> Before { get; } = new Dictionary<string, Func<ContractScene, Task>>
    {
        ["getWebhook"] = WebhookAsync,
        ["deregisterWebhook"] = WebhookAsync,
        ["getWebsocket"] = WebsocketAsync,
        ["deleteWebsocket"] = WebsocketAsync,
        ["getChannelMetadata"] = WebsocketAsync,
        ["getDarkImageData"] = scene => ImageAsync(scene, "/v3/branding-images/dark"),
        ["getLightImageData"] = scene => ImageAsync(scene, "/v3/branding-images/light"),
        ["getAccountDarkImageData"] = scene => ImageAsync(scene, "/v3/accounts/{}/branding-images/dark"),
        ["getAccountLightImageData"] = scene => ImageAsync(scene, "/v3/accounts/{}/branding-images/light"),
        ["checkResourceSubscription"] = SubscribeAsync,
        ["getEndpointSubscriptions"] = SubscribeAsync,
        ["Device_resume"] = async scene =>
            (await scene.Client.SendAsync(HttpMethod.Post, $"{await scene.PathAsync("/v3/devices/{}")}/suspend", "{\"category\":\"maintenance\"}")).Dispose(),
    };

    /// <summary>Bodies by method and shape of the path.</summary>
    public static IReadOnlyDictionary<string, Func<ContractScene, Task<string>>> Bodies { get; } = new Dictionary<string, Func<ContractScene, Task<string>>>
    {
        ["POST /v2/device-requests/{}"] = Text("{\"method\":\"GET\",\"uri\":\"/3303/0/5700\"}"),
        ["POST /v2/device-shared-keys"] = Text(() => $"{{\"endpoint_name\":\"{Unique("endpoint-name")}\",\"secret_hex\":\"{RandomNumberGenerator.GetHexString(32, true)}\"}}"),
        ["PUT /v2/endpoints/{}/{}"] = Text("21.5"),
        ["POST /v2/endpoints/{}/{}"] = Text(""),
        ["PUT /v2/notification/callback"] = Hook,
        ["PUT /v2/notification/websocket"] = Text("{}"),
        ["PUT /v2/subscriptions"] = Text("[{\"endpoint-name\":\"d*\",\"resource-path\":[\"/3303/*\"]}]"),
        ["PUT /v2/subscriptions/{}/{}"] = Text(""),
        ["POST /v3/accounts"] = Text(() => $"{{\"display_name\":\"{Unique("Tenant")}\",\"end_market\":\"METERS\",\"admin_email\":\"{Unique("a")}@example.com\"}}"),
        ["PUT /v3/accounts/me"] = Text("{\"company\":\"Meters\",\"city\":\"Cambridge\"}"),
        ["PUT /v3/accounts/{}"] = Text("{\"company\":\"Meters\",\"city\":\"Cambridge\"}"),
        ["POST /v3/api-keys"] = Text("{\"name\":\"key\"}"),
        ["PUT /v3/api-keys/{}"] = Text("{\"name\":\"renamed\"}"),
        ["PUT /v3/api-keys/me"] = Text("{\"name\":\"renamed\"}"),
        ["POST /v3/applications"] = Text("{\"name\":\"application\"}"),
        ["PUT /v3/applications/{}"] = Text("{\"name\":\"renamed\"}"),
        ["POST /v3/applications/{}/access-keys"] = Text("{\"name\":\"key\"}"),
        ["PUT /v3/applications/{}/access-keys/{}"] = Text("{\"name\":\"renamed\"}"),
        ["PUT /v3/branding-colors/dark"] = Text("[{\"reference\":\"primary\",\"color\":\"#aabbcc\"}]"),
        ["PUT /v3/branding-colors/light"] = Text("[{\"reference\":\"primary\",\"color\":\"#aabbcc\"}]"),
        ["PUT /v3/branding-colors/dark/{}"] = Text("{\"color\":\"#aabbcc\"}"),
        ["PUT /v3/branding-colors/light/{}"] = Text("{\"color\":\"#aabbcc\"}"),
        ["POST /v3/certificate-issuers"] = Text(() =>
            $"{{\"name\":\"{Unique("issuer")}\",\"issuer_type\":\"CFSSL_AUTH\",\"issuer_attributes\":{{\"host_url\":\"http://127.0.0.1:1\"}},\"issuer_credentials\":{{\"hmac_hex_key\":\"00\"}}}}"),
        ["PUT /v3/certificate-issuers/{}"] = Text("{\"name\":\"renamed\"}"),
        ["POST /v3/certificate-issuer-configurations"] = async scene =>
            $"{{\"reference\":\"{Unique("r").Replace('-', 'x').ToUpperInvariant()}\",\"certificate_issuer_id\":\"{await scene.MadeAsync("/v3/certificate-issuers/{}")}\"}}",
        ["PUT /v3/certificate-issuer-configurations/lwm2m"] = async scene => $"{{\"certificate_issuer_id\":\"{await scene.MadeAsync("/v3/certificate-issuers/{}")}\"}}",
        ["PUT /v3/certificate-issuer-configurations/{}"] = async scene => $"{{\"certificate_issuer_id\":\"{await scene.MadeAsync("/v3/certificate-issuers/{}")}\"}}",
        ["POST /v3/developer-certificates"] = Text(() => $"{{\"name\":\"{Unique("developer")}\"}}"),
        ["POST /v3/device-enrollments"] = Text(() => $"{{\"enrollment_identity\":\"{Identities.New()}\"}}"),
        ["POST /v3/device-groups"] = Text(() => $"{{\"name\":\"{Unique("group")}\"}}"),
        ["PUT /v3/device-groups/{}"] = Text(() => $"{{\"name\":\"{Unique("renamed")}\"}}"),
        ["POST /v3/device-groups/{}/devices/add"] = DeviceAsync,
        ["POST /v3/device-groups/{}/devices/remove"] = DeviceAsync,
        ["POST /v3/device-queries"] = Text(() => $"{{\"name\":\"{Unique("query")}\",\"query\":\"state__eq=registered\"}}"),
        ["PUT /v3/device-queries/{}"] = Text(() => $"{{\"name\":\"{Unique("renamed")}\",\"query\":\"state__eq=registered\"}}"),
        ["POST /v3/devices"] = Text(() => $"{{\"name\":\"device\",\"endpoint_name\":\"{Unique("device")}\"}}"),
        ["PUT /v3/devices/{}"] = Text("{\"name\":\"renamed\",\"custom_attributes\":{\"floor\":\"second\"}}"),
        ["POST /v3/devices/{}/certificates/{}/renew"] = Text("{}"),
        ["POST /v3/devices/{}/suspend"] = Text("{\"category\":\"maintenance\"}"),
        ["POST /v3/devices/{}/resume"] = Text("{\"category\":\"maintenance\"}"),
        ["POST /v3/identity-providers"] = Text(() =>
            $"{{\"name\":\"{Unique("provider")}\",\"description\":\"Staff\",\"type\":\"OIDC\",\"oidc_attributes\":{{\"issuer\":\"https://id.example.com\",\"client_id\":\"surety\","
            + "\"client_secret\":\"secret\",\"authorization_endpoint\":\"https://id.example.com/a\",\"token_endpoint\":\"https://id.example.com/t\","
            + "\"jwks_uri\":\"https://id.example.com/k\"}}"),
        ["PUT /v3/identity-providers/{}"] = Text("{\"name\":\"Everybody\",\"type\":\"OIDC\",\"description\":\"Everybody\"}"),
        ["POST /v3/policy-groups"] = Text(() => $"{{\"name\":\"{Unique("group")}\"}}"),
        ["POST /v3/policy-groups/{}"] = Text("{}"),
        ["POST /v3/policy-groups/{}/users"] = Text("{}"),
        ["DELETE /v3/policy-groups/{}/users"] = Text("{}"),
        ["POST /v3/policy-groups/{}/users/add"] = Text("{}"),
        ["POST /v3/policy-groups/{}/users/remove"] = Text("{}"),
        ["POST /v3/policy-groups/{}/api-keys"] = Text("{}"),
        ["DELETE /v3/policy-groups/{}/api-keys"] = Text("{}"),
        ["POST /v3/policy-groups/{}/api-keys/add"] = Text("{}"),
        ["POST /v3/policy-groups/{}/api-keys/remove"] = Text("{}"),
        ["POST /v3/users/{}/groups"] = Text("[]"),
        ["DELETE /v3/users/{}/groups"] = Text("[]"),
        ["POST /v3/users/{}/groups/add"] = Text("[]"),
        ["POST /v3/users/{}/groups/remove"] = Text("[]"),
        ["POST /v3/api-keys/{}/groups"] = Text("[]"),
        ["DELETE /v3/api-keys/{}/groups"] = Text("[]"),
        ["POST /v3/api-keys/{}/groups/add"] = Text("[]"),
        ["POST /v3/api-keys/{}/groups/remove"] = Text("[]"),
        ["POST /v3/api-keys/me/groups"] = Text("[]"),
        ["DELETE /v3/api-keys/me/groups"] = Text("[]"),
        ["POST /v3/api-keys/me/groups/add"] = Text("[]"),
        ["POST /v3/api-keys/me/groups/remove"] = Text("[]"),
        ["POST /v3/api-keys/{}/reset-secret"] = Text("{}"),
        ["PUT /v3/policy-groups/{}"] = Text(() => $"{{\"name\":\"{Unique("renamed")}\"}}"),
        ["POST /v3/trusted-certificates"] = Text(Trusted),
        ["PUT /v3/trusted-certificates/{}"] = Text("{\"description\":\"ours\"}"),
        ["POST /v3/user-invitations"] = Text(() => $"{{\"email\":\"{Unique("i")}@example.com\"}}"),
        ["POST /v3/users"] = Text(() => $"{{\"email\":\"{Unique("u")}@example.com\",\"full_name\":\"Ada\"}}"),
        ["PUT /v3/users/{}"] = Text("{\"full_name\":\"Bea\"}"),
    };

    /// <summary>Forms by the shape of the path.</summary>
    public static IReadOnlyDictionary<string, Func<HttpContent>> Forms { get; } = new Dictionary<string, Func<HttpContent>>
    {
        ["/v3/branding-images/dark/{}/upload-multipart"] = () => File("image", "logo.png", "image/png", Convert.FromBase64String(Png)),
        ["/v3/branding-images/light/{}/upload-multipart"] = () => File("image", "logo.png", "image/png", Convert.FromBase64String(Png)),
        ["/v3/branding-images/dark/{}/upload"] = () => Typed(new ByteArrayContent(Convert.FromBase64String(Png)), "image/png"),
        ["/v3/branding-images/light/{}/upload"] = () => Typed(new ByteArrayContent(Convert.FromBase64String(Png)), "image/png"),
        [Identities.Deletes] = () => File("enrollment_identities", "e.csv", "text/csv", Encoding.UTF8.GetBytes($"enrollment_identity\n{Identities.New()}")),
        [Identities.Uploads] = () => File("enrollment_identities", "e.csv", "text/csv", Encoding.UTF8.GetBytes($"enrollment_identity\n{Identities.New()}")),
    };

    /// <summary>What the query must have.</summary>
    public static string QueryOf(ContractOperation operation) => operation.Id switch
    {
        "createAsyncRequest" => "?async-id=1",
        _ => "",
    };

    private static Task<string> Connected(ContractScene scene, string path) => Task.FromResult(scene.DeviceId);

    private static Func<ContractScene, string, Task<string>> Given(string value) => (_, _) => Task.FromResult(value);

    private static Func<ContractScene, Task<string>> Text(string body) => _ => Task.FromResult(body);

    private static Func<ContractScene, Task<string>> Text(Func<string> body) => _ => Task.FromResult(body());

    private static string Unique(string start) => $"{start}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    private static MultipartFormDataContent File(string field, string name, string type, byte[] bytes) =>
        new() { { Typed(new ByteArrayContent(bytes), type), field, name } };

    private static HttpContent Typed(HttpContent content, string type)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private static string Trusted()
    {
        using var root = Authorities.Root(Authorities.Unique("Root"));
        return new JsonObject { ["name"] = "ours", ["service"] = "lwm2m", ["certificate"] = root.ExportCertificatePem() }.ToJsonString();
    }

    private static async Task<string> DeviceAsync(ContractScene scene) => $"{{\"device_id\":\"{await scene.MadeAsync("/v3/devices/{}")}\"}}";

    private static async Task<string> SharedKeyAsync(ContractScene scene, string path)
    {
        const string Name = "a-name-of-16-or-more";
        var body = $"{{\"endpoint_name\":\"{Name}\",\"secret_hex\":\"4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a\"}}";
        (await scene.Client.SendAsync(HttpMethod.Post, "/v2/device-shared-keys", body)).Dispose();
        return Name;
    }

    private static async Task<string> EventAsync(ContractScene scene, string path) => await TenancyTests.EventOfAsync(scene.Client, await scene.MadeAsync("/v3/devices/{}"));

    // A mail that the account has sent; the path is that of the list of them.
    private static async Task<string> MailAsync(ContractScene scene, string path)
    {
        var account = path.Replace("/accounts/me/notifications/", "/", StringComparison.Ordinal).Replace("/notifications/", "/", StringComparison.Ordinal);
        (await scene.Client.SendAsync(HttpMethod.Post, $"{account}user-invitations", $"{{\"email\":\"{Unique("i")}@example.com\"}}")).Dispose();
        return (await scene.Client.GetOkAsync(path.TrimEnd('/'))).All("id")[0];
    }

    private static async Task ImageAsync(ContractScene scene, string shape)
    {
        using var image = Typed(new ByteArrayContent(Convert.FromBase64String(Png)), "image/png");
        (await scene.Client.PostAsync($"{await scene.PathAsync($"{shape}/{{}}")}/upload", image)).Dispose();
    }

    private static Task<string> Hook(ContractScene scene) => Task.FromResult($"{{\"url\":\"{scene.WebhookUrl}\"}}");

    private static async Task WebhookAsync(ContractScene scene) =>
        (await scene.Client.SendAsync(HttpMethod.Put, "/v2/notification/callback", await Hook(scene))).Dispose();

    private static async Task WebsocketAsync(ContractScene scene) => (await scene.Client.SendAsync(HttpMethod.Put, "/v2/notification/websocket", "{}")).Dispose();

    private static async Task SubscribeAsync(ContractScene scene)
    {
        var path = await scene.PathAsync("/v2/subscriptions/{}/{}");
        (await scene.Client.SendAsync(HttpMethod.Put, path, "")).Dispose();
    }
}
