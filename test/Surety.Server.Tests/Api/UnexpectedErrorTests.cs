using System.Net;

namespace Surety.Server.Tests.Api;

/// <summary>What nobody foresaw.</summary>
public sealed class UnexpectedErrorTests
{
    [Fact]
    public async Task A_fault_of_the_server_is_a_500_that_tells_nothing_but_the_request_id()
    {
        await using var server = await TestServer.StartAsync();
        await using (var db = server.Service<Surety.Server.Storage.SuretyDbFactory>().OpenForPlatform())
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(
                db.Database, "DROP TABLE device_custom_attributes", TestContext.Current.CancellationToken);
        await server.Admin.PostAsync("/v3/devices", "{}");
        var error = await server.Admin.GetErrorAsync("/v3/devices", HttpStatusCode.InternalServerError, "internal_server_error");
        Assert.DoesNotContain("device_custom_attributes", error.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error.ToJsonString(), StringComparison.Ordinal);
    }
}
