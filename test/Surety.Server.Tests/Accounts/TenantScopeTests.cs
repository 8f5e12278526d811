using System.Net;
using Surety.Server.Tests.Storage;

namespace Surety.Server.Tests.Accounts;

/// <summary>An administrator of the parent account administers its tenants at /v3/accounts/{account_id}; the same on both databases.</summary>
public abstract class TenantScopeTests(TestServer server)
{
    public sealed class OnSqlite(ServerFixture fixture) : TenantScopeTests(fixture.Server), IClassFixture<ServerFixture>;

    public sealed class OnPostgres(PostgresFixture fixture) : TenantScopeTests(fixture.Server), IClassFixture<PostgresFixture>;

    [Fact]
    public async Task An_administrator_of_the_parent_makes_a_user_in_the_tenant()
    {
        var (parentId, parent) = await server.NewAccountAsync("Parent", null);
        var (tenantId, tenant) = await server.NewAccountAsync("Tenant", parentId);
        var made = await parent.PostAsync($"/v3/accounts/{tenantId}/users", "{\"email\":\"ada@example.com\"}");
        Assert.Equal(tenantId.ToString(), made.Text("account_id"));
        Assert.Equal([made.Text("id")], (await tenant.GetOkAsync("/v3/users")).All("id"));
        Assert.Empty((await parent.GetOkAsync("/v3/users")).All("id"));
        Assert.Equal(parentId.ToString(), (await tenant.GetOkAsync("/v3/accounts/me")).Text("parent_id"));
    }

    [Fact]
    public async Task The_account_itself_can_be_named_as_if_it_were_a_tenant()
    {
        var (id, client) = await server.NewAccountAsync("Own", null);
        var user = (await client.PostAsync("/v3/users", "{\"email\":\"ada@example.com\"}")).Text("id");
        Assert.Equal(user, (await client.GetOkAsync($"/v3/accounts/{id}/users/{user}")).Text("id"));
    }

    [Fact]
    public async Task A_tenant_has_no_way_to_its_parent_or_to_another_tenant()
    {
        var (parentId, _) = await server.NewAccountAsync("Parent", null);
        var (_, tenant) = await server.NewAccountAsync("Tenant", parentId);
        var (siblingId, _) = await server.NewAccountAsync("Sibling", parentId);
        foreach (var id in new[] { parentId.ToString(), siblingId.ToString(), "x" })
        {
            using var response = await tenant.GetAsync($"/v3/accounts/{id}/users", TestContext.Current.CancellationToken);
            await response.ReadErrorAsync(HttpStatusCode.NotFound, "not_found");
        }
    }

    [Fact]
    public async Task A_caller_who_is_no_administrator_has_no_way_to_tenants()
    {
        var (parentId, parent) = await server.NewAccountAsync("Parent", null);
        var (tenantId, _) = await server.NewAccountAsync("Tenant", parentId);
        var reader = server.Client((await parent.PostAsync("/v3/api-keys", "{\"name\":\"reader\"}")).Text("key"));
        using var response = await reader.GetAsync($"/v3/accounts/{tenantId}/users", TestContext.Current.CancellationToken);
        await response.ReadErrorAsync(HttpStatusCode.Forbidden, "access_denied");
    }
}
