using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Surety.Server.Storage;

/// <summary>
/// Names tables, columns, keys and indexes in snake case: the names of the Service API, and no quotes needed in PostgreSQL.
/// </summary>
internal static class SnakeCaseNames
{
    public static void Apply(IMutableModel model)
    {
        foreach (var entity in model.GetEntityTypes())
        {
            if (entity.GetTableName() is { } table)
                entity.SetTableName(Convert(table));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Convert(property.GetColumnName()));
            foreach (var property in entity.GetComplexProperties().SelectMany(complex => complex.ComplexType.GetProperties()))
                property.SetColumnName(Convert(property.GetColumnName()));
            foreach (var key in entity.GetKeys())
                key.SetName(Convert(key.GetName()!));
            foreach (var foreignKey in entity.GetForeignKeys())
                foreignKey.SetConstraintName(Convert(foreignKey.GetConstraintName()!));
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(Convert(index.GetDatabaseName()!));
        }
    }

    private static string Convert(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace("__", "_", StringComparison.Ordinal);
}
