using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Surety.Server.Storage;

/// <summary>The database in PostgreSQL: an id is a <c>uuid</c>, an instant a <c>timestamptz</c>; both sort as they should.</summary>
internal sealed class PostgresSuretyDb(DbContextOptions<PostgresSuretyDb> options) : SuretyDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<EntityId>().HaveConversion<IdConverter>();

    private sealed class IdConverter() : ValueConverter<EntityId, Guid>(id => id.ToGuid(), value => EntityId.FromGuid(value));
}
