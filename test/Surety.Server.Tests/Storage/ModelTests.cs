using Microsoft.EntityFrameworkCore;
using Surety.Server.Storage;

namespace Surety.Server.Tests.Storage;

public sealed class ModelTests
{
    [Fact]
    public void The_migrations_of_both_databases_say_what_the_model_says()
    {
        using var sqlite = new DesignTimeSqlite().CreateDbContext([]);
        using var postgres = new DesignTimePostgres().CreateDbContext([]);
        Assert.False(sqlite.Database.HasPendingModelChanges(), "run eng/add-migration.sh");
        Assert.False(postgres.Database.HasPendingModelChanges(), "run eng/add-migration.sh");
    }

    [Fact]
    public void Both_databases_have_the_same_migrations()
    {
        using var sqlite = new DesignTimeSqlite().CreateDbContext([]);
        using var postgres = new DesignTimePostgres().CreateDbContext([]);
        Assert.Equal(Names(sqlite), Names(postgres));

        static IEnumerable<string> Names(SuretyDb db) => db.Database.GetMigrations().Select(migration => migration.Split('_', 2)[1]);
    }
}
