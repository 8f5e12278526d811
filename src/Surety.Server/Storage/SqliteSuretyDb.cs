using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Surety.Server.Storage;

/// <summary>The database in SQLite: an id is a 16-byte blob, an instant the microseconds since 1970; both sort as they should.</summary>
internal sealed class SqliteSuretyDb(DbContextOptions<SqliteSuretyDb> options) : SuretyDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<EntityId>().HaveConversion<IdConverter>().HaveMaxLength(EntityId.Size);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
    }

    private sealed class IdConverter() : ValueConverter<EntityId, byte[]>(id => id.ToByteArray(), bytes => EntityId.Read(bytes));

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        instant => Instant.ToMicroseconds(instant), microseconds => Instant.FromMicroseconds(microseconds));
}
