using Surety.Server.Features.PolicyGroups.Policies;

namespace Surety.Server.Tests.PolicyGroups;

/// <summary>What the members of each group may do, at every route there is.</summary>
public sealed class AccessControlTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    // What Developers only read; the list stands in docs/access-control.md.
    private static readonly string[] OnlyRead =
    [
        "users", "policy-groups", "applications", "access-keys", "trusted-certificates", "certificate-issuers", "certificate-issuer-configurations", "certificate-campaigns",
        "factory-manifests", "simulated-devices", "accounts", "identity-providers", "user-invitations", "branding-colors", "branding-images",
    ];

    // What Developers do not see.
    private static readonly string[] Hidden = ["audit-log", "certificate-log"];

    private readonly TestServer _server = fixture.Server;

    [Fact]
    public void Every_endpoint_that_needs_a_key_says_which_feature_it_is_of()
    {
        var silent = AccessTestRoutes.EndpointsThatNeedAKey(_server).Where(endpoint => endpoint.Metadata.GetMetadata<FeatureRoute>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText);
        Assert.Empty(silent);
    }

    [Fact]
    public void Every_caller_may_use_few_endpoints()
    {
        var open = AccessTestRoutes.Of(_server).Where(route => route.Feature is null).Select(route => $"{route.Method} {route.Pattern}").Order();
        string[] expected =
        [
            "DELETE /v3/users/me/groups", "GET /v3/accounts/me", "GET /v3/api-keys/me", "GET /v3/users/me", "GET /v3/users/me/groups", "POST /auth/impersonate", "POST /auth/logout",
            "POST /v3/users/me/groups", "PUT /v3/users/me",
        ];
        Assert.Equal(expected.Order(), open);
    }

    [Fact]
    public async Task A_read_only_key_reads_everything_and_changes_nothing()
    {
        var (admin, account) = await NewAccountAsync();
        var reader = await _server.KeyInAsync(admin, await admin.GroupAsync("ReadOnly"));
        // Whoever reads it first has it made.
        await admin.GetOkAsync("/v3/certificate-issuer-configurations/lwm2m");
        var before = await LastChangeAsync(admin);
        foreach (var route in AccessTestRoutes.Of(_server).Where(route => !route.IsWaiting))
        {
            var (status, isRefused) = await reader.CallAsync(route, account);
            if (route.Feature is not null)
                Assert.True(isRefused == !route.IsRead, $"{route.Method} {route.Pattern}: {status}");
            else if (!route.IsRead)
                Assert.True((int)status >= 400, $"{route.Method} {route.Pattern}: {status}");
        }

        var after = await LastChangeAsync(admin);
        Assert.True(before == after, after);
    }

    [Fact]
    public async Task A_developers_key_is_refused_at_administration_and_let_in_elsewhere()
    {
        var (admin, account) = await NewAccountAsync();
        var developer = await _server.KeyInAsync(admin, await admin.GroupAsync("Developers"));
        foreach (var route in AccessTestRoutes.Of(_server).Where(route => !route.IsWaiting && route.Feature is not null))
        {
            var isAdministration = Hidden.Contains(route.Collection)
                || (!route.IsRead && (OnlyRead.Contains(route.Collection) || route.Pattern.Contains("/groups", StringComparison.Ordinal)
                    || route.Pattern.EndsWith("/revoke", StringComparison.Ordinal)));
            var (status, isRefused) = await developer.CallAsync(route, account);
            Assert.True(isRefused == isAdministration, $"{route.Method} {route.Pattern}: {status}");
        }
    }

    [Fact]
    public async Task A_key_in_no_group_may_do_nothing_but_see_who_it_is()
    {
        var (admin, account) = await NewAccountAsync();
        var nobody = _server.Client((await admin.PostAsync("/v3/api-keys", "{\"name\":\"nobody\",\"groups\":[]}")).Text("key"));
        foreach (var route in AccessTestRoutes.Of(_server).Where(route => route.Feature is not null))
        {
            var (status, isRefused) = await nobody.CallAsync(route, account);
            Assert.True(isRefused, $"{route.Method} {route.Pattern}: {status}");
        }

        Assert.Equal("nobody", (await nobody.GetOkAsync("/v3/api-keys/me")).Text("name"));
        await nobody.GetOkAsync("/v3/accounts/me");
    }

    [Fact]
    public async Task A_group_that_allows_one_feature_opens_that_and_nothing_else()
    {
        var (admin, account) = await NewAccountAsync();
        var routes = AccessTestRoutes.Of(_server).Where(route => route.Feature is not null && !route.IsWaiting && !route.Pattern.Contains("account_id", StringComparison.Ordinal)).ToList();
        // One route of each feature, which reads where there is one.
        var samples = routes.GroupBy(route => route.Feature!).Select(of => of.OrderBy(route => route.IsRead ? 0 : 1).First()).ToList();
        Assert.NotEmpty(samples);
        var features = (await admin.GetOkAsync("/v3/accounts/me?include=policies"))["policies"]!.AsArray().Select(policy => policy!.Text("feature")).ToList();
        Assert.Empty(samples.Select(route => route.Feature!.Name).Except(features));
        foreach (var own in samples)
        {
            var name = own.Feature!.Name;
            var group = await admin.PostAsync("/v3/policy-groups", $"{{\"name\":\"{name}\",\"policies\":[{{\"feature\":\"{name}\",\"action\":\"{own.Method}\",\"allow\":true}}]}}");
            var member = await _server.KeyInAsync(admin, group.Text("id"));
            foreach (var route in samples)
            {
                var (status, isRefused) = await member.CallAsync(route, account);
                Assert.True(isRefused == (route != own), $"{name} at {route.Method} {route.Pattern}: {status}");
            }

            if (routes.Find(route => route.Feature == own.Feature && route.Method != own.Method) is { } other)
                Assert.True((await member.CallAsync(other, account)).IsRefused, $"{name} at {other.Method} {other.Pattern}");
        }
    }

    private static async Task<string> LastChangeAsync(HttpClient admin)
    {
        var last = (await admin.GetOkAsync("/v3/audit-log?order=DESC&limit=2"))["data"]![0]!;
        return $"{last.Text("id")}: {last.Text("actor_name")}, {last.Text("action")}, {last.Text("entity_type")}";
    }

    private async Task<(HttpClient Admin, string Account)> NewAccountAsync()
    {
        var (id, admin) = await _server.NewAccountAsync("Roles", null);
        return (admin, id.ToString());
    }
}
