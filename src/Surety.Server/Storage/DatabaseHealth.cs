using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Surety.Server.Features.Accounts;

namespace Surety.Server.Storage;

/// <summary>Healthy while the database answers a query.</summary>
internal sealed class DatabaseHealth(SuretyDbFactory databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = databases.OpenForPlatform();
            await db.AllAccounts<Account>().AnyAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (System.Data.Common.DbException error)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", error);
        }
    }
}
