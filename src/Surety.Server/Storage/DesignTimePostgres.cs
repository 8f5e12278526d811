using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Surety.Server.Storage;

/// <summary>Lets <c>dotnet ef</c> write migrations for PostgreSQL without a server of either kind.</summary>
internal sealed class DesignTimePostgres : IDesignTimeDbContextFactory<PostgresSuretyDb>
{
    public PostgresSuretyDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresSuretyDb>().UseNpgsql("Host=localhost").Options);
}
