using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Surety.Server.Storage;

/// <summary>Lets <c>dotnet ef</c> write migrations for SQLite without starting the server.</summary>
internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqliteSuretyDb>
{
    public SqliteSuretyDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteSuretyDb>().UseSqlite("Data Source=:memory:").Options);
}
