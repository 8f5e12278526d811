using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Enrollment;
using Surety.Server.Features.Users;
using Surety.Server.Storage;
using Surety.Server.Tests.Certificates;
using Surety.Server.Tests.Enrollment;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests;

/// <summary>No account sees, changes or deletes what belongs to another; the same on both databases.</summary>
public abstract class TenancyTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : TenancyTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : TenancyTests(fixture.Server), IClassFixture<PostgresFixture>;

    private const string TenantRoutes = "/v3/accounts/{account_id}";

    // What each of the routes would take.
    private const string Body = "{\"name\":\"stolen\",\"type\":\"OIDC\",\"category\":\"maintenance\",\"method\":\"GET\",\"uri\":\"/3/0\",\"certificate\":\"x\",\"service\":\"lwm2m\",\"priority\":1,\"query\":\"state=registered\",\"filter\":\"\",\"device_id\":\"00000000000000000000000000000001\"}";

    /// <summary>
    /// For each route that takes an id of something in an account: how the something is made. A new route must be added here, or the test
    /// below fails.
    /// </summary>
    private readonly Dictionary<string, Func<HttpClient, Task<string>>> _owned = new()
    {
        ["/v3/devices/{id}"] = MakeDeviceAsync,
        ["/v3/bootstrap-rules/{id}"] = async client => (await client.PostAsync("/v3/bootstrap-rules", "{\"name\":\"mine\",\"priority\":1}")).Text("id"),
        ["/v3/audit-log/{audit_log_entry_id}"] = async client => (await client.GetOkAsync("/v3/audit-log")).All("id")[0],
        ["/v3/users/{user_id}"] = MakeUserAsync,
        ["/v3/users/{user_id}/groups"] = MakeUserAsync,
        ["/v3/users/{user_id}/groups/add"] = MakeUserAsync,
        ["/v3/users/{user_id}/groups/remove"] = MakeUserAsync,
        ["/v3/identity-providers/{identity_provider_id}"] = MakeProviderAsync,
        ["/v3/identity-providers/{identity_provider_id}/refresh-jwks"] = MakeProviderAsync,
        ["/v3/policy-groups/{group_id}"] = MakePolicyGroupAsync,
        ["/v3/policy-groups/{group_id}/users"] = MakePolicyGroupAsync,
        ["/v3/policy-groups/{group_id}/users/add"] = MakePolicyGroupAsync,
        ["/v3/policy-groups/{group_id}/users/remove"] = MakePolicyGroupAsync,
        ["/v3/policy-groups/{group_id}/api-keys"] = MakePolicyGroupAsync,
        ["/v3/policy-groups/{group_id}/api-keys/add"] = MakePolicyGroupAsync,
        ["/v3/policy-groups/{group_id}/api-keys/remove"] = MakePolicyGroupAsync,
        ["/v3/user-invitations/{invitation_id}"] = async client => (await client.PostAsync("/v3/user-invitations", "{\"email\":\"bob@example.com\"}")).Text("id"),
        ["/v3/accounts/me/notifications/{notification_id}"] = async client =>
        {
            await client.PostAsync("/v3/user-invitations", "{\"email\":\"eve@example.com\"}");
            return (await client.GetOkAsync("/v3/accounts/me/notifications?order=DESC")).All("id")[0];
        },
        ["/v3/policy-groups/{group_id}/applications"] = MakePolicyGroupAsync,
        ["/v3/policy-groups/{group_id}/applications/add"] = MakePolicyGroupAsync,
        ["/v3/policy-groups/{group_id}/applications/remove"] = MakePolicyGroupAsync,
        ["/v3/applications/{application_id}"] = MakeApplicationAsync,
        ["/v3/applications/{application_id}/groups"] = MakeApplicationAsync,
        ["/v3/applications/{application_id}/groups/add"] = MakeApplicationAsync,
        ["/v3/applications/{application_id}/groups/remove"] = MakeApplicationAsync,
        ["/v3/applications/{application_id}/access-keys"] = MakeApplicationAsync,
        ["/v3/applications/{application_id}/access-keys/{access_key_id}"] = MakeApplicationAsync,
        ["/v3/access-keys/{access_key_id}"] = async client =>
            (await client.PostAsync($"/v3/applications/{await MakeApplicationAsync(client)}/access-keys", "{\"name\":\"mine\"}")).Text("id"),
        ["/v3/devices/{id}/suspend"] = MakeDeviceAsync,
        ["/v3/devices/{id}/resume"] = MakeDeviceAsync,
        ["/v3/device-queries/{query_id}"] = async client => (await client.PostAsync("/v3/device-queries", "{\"name\":\"mine\",\"query\":\"state=registered\"}")).Text("id"),
        ["/v3/device-groups/{device-group-id}"] = MakeGroupAsync,
        ["/v3/device-groups/{device-group-id}/devices"] = MakeGroupAsync,
        ["/v3/device-groups/{device-group-id}/devices/add"] = MakeGroupAsync,
        ["/v3/device-groups/{device-group-id}/devices/remove"] = MakeGroupAsync,
        ["/v3/device-groups/{device-group-id}/devices/add-matching"] = MakeGroupAsync,
        ["/v3/device-groups/{device-group-id}/devices/remove-matching"] = MakeGroupAsync,
        ["/v3/device-events/{device_event_id}"] = MakeEventAsync,
        ["/v3/devicelog/{device_event_id}"] = MakeEventAsync,
        ["/v3/api-keys/{apikey_id}"] = MakeKeyAsync,
        ["/v3/api-keys/{apikey_id}/reset-secret"] = MakeKeyAsync,
        ["/v3/api-keys/{apikey_id}/groups"] = MakeKeyAsync,
        ["/v3/api-keys/{apikey_id}/groups/add"] = MakeKeyAsync,
        ["/v3/api-keys/{apikey_id}/groups/remove"] = MakeKeyAsync,
        ["/v3/device-enrollments/{id}"] = async client => (await client.EnrollAsync(Identities.New())).Text("id"),
        ["/v3/device-enrollments-bulk-uploads/{id}"] = client => MakeBulkJobAsync(client, Identities.Uploads),
        ["/v3/device-enrollments-bulk-uploads/{id}/full_report.csv"] = client => MakeBulkJobAsync(client, Identities.Uploads),
        ["/v3/device-enrollments-bulk-uploads/{id}/errors_report.csv"] = client => MakeBulkJobAsync(client, Identities.Uploads),
        ["/v3/device-enrollments-bulk-deletes/{id}"] = client => MakeBulkJobAsync(client, Identities.Deletes),
        ["/v3/device-enrollments-bulk-deletes/{id}/full_report.csv"] = client => MakeBulkJobAsync(client, Identities.Deletes),
        ["/v3/device-enrollments-bulk-deletes/{id}/errors_report.csv"] = client => MakeBulkJobAsync(client, Identities.Deletes),
        ["/v3/device-enrollment-denials/{device_enrollment_denial_id}"] = client => MakeDenialAsync(server, client),
        ["/v3/factory-manifests/{factory-manifest-id}"] = async client => (await Factory.FactoryLine.ImportAsync(client)).Text("id"),
        ["/v3/trusted-certificates/{cert_id}"] = TrustAsync,
        ["/v3/developer-certificates/{developerCertificateId}"] = MakeDeveloperCertificateAsync,
        ["/v3/certificate-issuers/{certificate-issuer-id}"] = MakeIssuerAsync,
        ["/v3/certificate-issuers/{certificate-issuer-id}/verify"] = MakeIssuerAsync,
        ["/v3/certificate-issuer-configurations/{certificate-issuer-configuration-id}"] = async client =>
            (await client.PostAsync("/v3/certificate-issuer-configurations", "{\"reference\":\"mine\",\"certificate_issuer_id\":null}")).Text("id"),
        ["/v3/certificate-campaigns/{certificate-campaign-id}"] = MakeCampaignAsync,
        ["/v3/certificate-campaigns/{certificate-campaign-id}/start"] = MakeCampaignAsync,
        ["/v3/certificate-campaigns/{certificate-campaign-id}/stop"] = MakeCampaignAsync,
        ["/v3/certificate-campaigns/{certificate-campaign-id}/statistics"] = MakeCampaignAsync,
        ["/v3/certificate-campaigns/{certificate-campaign-id}/forecast"] = MakeCampaignAsync,
        // The device shows what becomes of it: the enrollment of another account is as unknown as one that never was.
        ["/v3/certificate-enrollments/{certificate-enrollment-id}"] = MakeDeviceAsync,
        ["/v3/devices/{device-id}/certificates/{certificate-name}/renew"] = MakeDeviceAsync,
        ["/v3/devices/{device-id}/certificates/{certificate-name}/revoke"] = MakeDeviceAsync,
        // What these do with a device that is connected: Connect.ConnectTenancyTests.
        ["/v3/devices/{device-id}/echo"] = MakeDeviceAsync,
        ["/v3/devices/{device_id}/connection"] = MakeDeviceAsync,
        ["/v3/devices/{device_id}/trace"] = MakeDeviceAsync,
        ["/v2/device-requests/{device_id}"] = MakeDeviceAsync,
        ["/v2/endpoints/{device_id}"] = MakeDeviceAsync,
        ["/v2/endpoints/{device_id}/{**path}"] = MakeDeviceAsync,
        ["/v2/subscriptions/{device_id}"] = MakeDeviceAsync,
        ["/v2/subscriptions/{device_id}/{**path}"] = MakeDeviceAsync,
    };

    /// <summary>Routes whose ids are everybody's, and those whose answers to strangers are others: Identity.PreSharedKeyTests.</summary>
    private static readonly HashSet<string> Others =
    [
        "/v3/device-block-categories/{block_category_reference}", "/v2/device-shared-keys/{**endpoint_name}",
        "/v3/limitations/{limitation_id}", .. BrandingReferences,
        // There are none without addresses for devices: Devices.SimulatedDeviceTests.
        "/v3/simulated-devices/{simulated-device-id}",
    ];

    // Names of what every account has: Accounts.BrandingTests.
    private static IEnumerable<string> BrandingReferences =>
        from theme in new[] { "dark", "light" }
        from path in new[]
        {
            $"branding-colors/{theme}/{{reference}}", $"branding-images/{theme}/{{reference}}", $"branding-images/{theme}/{{reference}}/clear",
            $"branding-images/{theme}/{{reference}}/upload", $"branding-images/{theme}/{{reference}}/upload-multipart",
        }
        select $"/v3/{path}";

    [Fact]
    public async Task No_route_shows_changes_or_deletes_what_another_account_has()
    {
        var owner = await server.NewAccountAsync("Owner");
        var stranger = await server.NewAccountAsync("Stranger");
        var routes = Endpoints().Where(endpoint => endpoint.RoutePattern.Parameters.Count > 0 && !Others.Contains(endpoint.RoutePattern.RawText!.TrimEnd('/'))).ToList();
        Assert.NotEmpty(routes);
        foreach (var route in routes)
        {
            var pattern = route.RoutePattern.RawText!.TrimEnd('/');
            Func<HttpClient, Task<string>>? make = AccountAsync;
            Assert.True(
                pattern.StartsWith(TenantRoutes, StringComparison.Ordinal) || _owned.TryGetValue(pattern, out make), $"{pattern} is not in the test of tenancy");
            var id = await make(owner);
            var path = pattern.Replace($"{{{route.RoutePattern.Parameters[0].Name}}}", id, StringComparison.Ordinal).Replace("{**path}", "3/0/0", StringComparison.Ordinal)
                .Replace("{certificate-name}", CertificateOrder.Lwm2m, StringComparison.Ordinal);
            // Which user or key of a tenant is asked for makes no difference to a stranger.
            path = route.RoutePattern.Parameters.Skip(1).Aggregate(path, (text, value) => text.Replace($"{{{value.Name}}}", id, StringComparison.Ordinal));
            // What is made of a device is there to be read as the device.
            var readable = pattern switch
            {
                _ when make == MakeDeviceAsync => $"/v3/devices/{id}",
                _ when make == AccountAsync => "/v3/accounts/me",
                _ when make == MakeCampaignAsync => $"/v3/certificate-campaigns/{id}",
                _ when make == MakeIssuerAsync => $"/v3/certificate-issuers/{id}",
                // A report is there once; what it is of can be read again.
                _ => path[..(path.IndexOf(id, StringComparison.Ordinal) + id.Length)],
            };
            var before = (await owner.GetOkAsync(readable)).ToJsonString();
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                using var response = await stranger.SendAsync(new HttpMethod(method), $"{path}?async-id=a", IsListOfGroups(pattern) ? "[]" : Body);
                await response.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");
            }

            Assert.Equal(before, (await owner.GetOkAsync(readable)).ToJsonString());
            // A device has one name in an account, so the next route must find it free.
            if (make == MakeDeveloperCertificateAsync || make == TrustAsync)
                readable = $"/v3/trusted-certificates/{id}";
            (await owner.DeleteAsync(readable, TestContext.Current.CancellationToken)).Dispose();
        }
    }

    [Fact]
    public async Task No_list_shows_what_another_account_has()
    {
        var owner = await server.NewAccountAsync("Owner");
        var stranger = await server.NewAccountAsync("Stranger");
        foreach (var make in _owned.Values.Distinct())
            await make(owner);
        var account = (await owner.GetOkAsync("/v3/accounts/me")).Text("id");
        foreach (var query in new[] { "", $"?account_id__eq={account}", $"?filter=account_id%3D{account}", "?after=00000000000000000000000000000000", "?include=total_count&order=DESC" })
        {
            var devices = await stranger.GetOkAsync($"/v3/devices{query}");
            Assert.Empty(devices.All("id"));
            Assert.Equal(0, (int?)devices["total_count"] ?? 0);
        }

        foreach (var list in new[] { "/v3/device-enrollments", "/v3/device-enrollment-denials", "/v3/device-groups", "/v3/device-queries" })
            Assert.Empty((await stranger.GetOkAsync(list)).All("id"));
        var keys = await stranger.GetOkAsync("/v3/api-keys");
        Assert.Single(keys.All("id"));
        Assert.Equal(1, (int)keys["total_count"]!);
        Assert.NotEqual(account, keys.All("account_id")[0]);
    }

    [Fact]
    public async Task A_database_opened_for_nobody_shows_nothing()
    {
        await server.NewAccountAsync();
        await using var db = server.Service<SuretyDbFactory>().OpenForPlatform();
        Assert.Empty(db.Accounts);
        Assert.Empty(db.ApiKeys);
        Assert.NotEmpty(db.AllAccounts<Account>());
    }

    [Fact]
    public void Every_table_belongs_to_an_account_and_is_filtered_but_those_of_the_platform()
    {
        using var db = server.Service<SuretyDbFactory>().OpenForPlatform();
        var roots = db.Model.GetEntityTypes().Where(entity => !entity.IsOwned() && entity.ClrType != typeof(Account) && entity.ClrType != typeof(TokenKey)).ToList();
        Assert.NotEmpty(roots);
        Assert.All(roots, entity =>
        {
            Assert.True(typeof(IAccountOwned).IsAssignableFrom(entity.ClrType), $"{entity.Name} belongs to no account");
            Assert.NotNull(entity.FindDeclaredQueryFilter(SuretyDb.AccountFilter));
        });
    }

    [Fact]
    public void Every_endpoint_needs_a_key_but_the_few_that_are_for_everybody()
    {
        string[] open =
        [
            "/", "/auth/login", "/auth/password-recovery",
            // Behind the links in mails, which are keys themselves.
            "/auth/invitation", "/auth/invitation", "/auth/password-reset", "/auth/password-reset", "/auth/email-verification", "/auth/email-verification",
            "/auth/oidc/providers", "/auth/oidc/token", "/auth/oidc/{identity_provider_id}/start", "/auth/oidc/{identity_provider_id}/callback",
            "/branding/{id}", "/health/live", "/health/ready", "/openapi/{documentName}.json",
            // Whoever verifies a device has no key of ours.
            "/.well-known/surety/crl/{authority}.crl", "/.well-known/surety/crl/{authority}/delta.crl", "/.well-known/surety/ca/{authority}.cer", "/ocsp", "/ocsp/{**request}",
        ];
        var anonymous = server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText);
        Assert.Equal(open.Order(), anonymous.Order());
    }

    private static async Task<string> MakeUserAsync(HttpClient client) => (await client.PostAsync("/v3/users", "{\"email\":\"ada@example.com\"}")).Text("id");

    private static async Task<string> MakeKeyAsync(HttpClient client) => (await client.PostAsync("/v3/api-keys", "{\"name\":\"mine\"}")).Text("id");

    private static async Task<string> MakeApplicationAsync(HttpClient client) => (await client.PostAsync("/v3/applications", "{\"name\":\"mine\"}")).Text("id");

    private static async Task<string> MakeProviderAsync(HttpClient client) => (await client.PostAsync(
        "/v3/identity-providers",
        "{\"name\":\"mine\",\"type\":\"OIDC\",\"oidc_attributes\":{\"issuer\":\"https://id.example.com\",\"client_id\":\"a\",\"authorization_endpoint\":\"https://id.example.com/a\","
        + "\"token_endpoint\":\"https://id.example.com/t\",\"jwks_uri\":\"https://id.example.com/k\"}}")).Text("id");

    private static async Task<string> MakePolicyGroupAsync(HttpClient client) => (await client.PostAsync("/v3/policy-groups", "{\"name\":\"mine\"}")).Text("id");

    private static async Task<string> MakeDeviceAsync(HttpClient client) => (await client.PostAsync("/v3/devices", "{\"endpoint_name\":\"mine\"}")).Text("id");

    private static async Task<string> MakeGroupAsync(HttpClient client) => (await client.PostAsync("/v3/device-groups", "{\"name\":\"mine\"}")).Text("id");

    private static async Task<string> MakeBulkJobAsync(HttpClient client, string path) => (await client.ProcessAsync(path, "id\nx")).Text("id");

    internal static async Task<string> MakeDenialAsync(TestServer server, HttpClient client)
    {
        Assert.True(EntityId.TryParse((await client.GetOkAsync("/v3/accounts/me")).Text("id"), out var account));
        Assert.True(EnrollmentFingerprint.TryParse(Identities.New(), out var fingerprint));
        await server.Service<EnrollmentDenials>().RecordAsync(account, new EntityId(1, 1), "mine", fingerprint, "not claimed", TestContext.Current.CancellationToken);
        return (await client.GetOkAsync("/v3/device-enrollment-denials")).All("id")[0];
    }

    private static async Task<string> AccountAsync(HttpClient client) => (await client.GetOkAsync("/v3/accounts/me")).Text("id");

    private static async Task<string> MakeCampaignAsync(HttpClient client) => (await client.PostAsync("/v3/certificate-campaigns", "{\"name\":\"mine\"}")).Text("id");

    private static async Task<string> MakeDeveloperCertificateAsync(HttpClient client) => (await client.PostAsync("/v3/developer-certificates", "{\"name\":\"mine for development\"}")).Text("id");

    private static async Task<string> MakeIssuerAsync(HttpClient client) => (await client.PostAsync(
        "/v3/certificate-issuers",
        "{\"name\":\"mine\",\"issuer_type\":\"CFSSL_AUTH\",\"issuer_attributes\":{\"host_url\":\"http://127.0.0.1:1\"},\"issuer_credentials\":{\"hmac_hex_key\":\"00\"}}")).Text("id");

    private static async Task<string> TrustAsync(HttpClient client)
    {
        using var root = Authorities.Root(Authorities.Unique("Root"));
        return (await client.PostAsync("/v3/trusted-certificates", new JsonObject { ["name"] = "mine", ["service"] = "lwm2m", ["certificate"] = root.ExportCertificatePem() }.ToJsonString())).Text("id");
    }

    private static async Task<string> MakeEventAsync(HttpClient client) =>
        await EventOfAsync(client, (await client.PostAsync("/v3/devices", "{\"name\":\"mine\"}")).Text("id"));

    /// <summary>The id of an event of the device, once there is one.</summary>
    internal static async Task<string> EventOfAsync(HttpClient client, string device)
    {
        while (true)
        {
            // Events are written once a second.
            if ((await client.GetOkAsync($"/v3/device-events?device_id__eq={device}")).All("id") is [var id, ..])
                return id;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    // A list of ids, where others take an object.
    private static bool IsListOfGroups(string pattern) => pattern.Contains("}/groups", StringComparison.Ordinal);

    private IEnumerable<RouteEndpoint> Endpoints() => server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/v", StringComparison.Ordinal));
}
