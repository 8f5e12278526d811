using System.Globalization;
using System.Text;
using Surety.Server.Features.Directory;

namespace Surety.Server.Features.Audit;

/// <summary>The audit log as CSV: RFC 4180, every value in quotes, CRLF.</summary>
internal static class AuditCsv
{
    public const string MediaType = "text/csv; charset=utf-8";

    public const string Header =
        "\"created_at\",\"actor_type\",\"actor_id\",\"actor_name\",\"action\",\"entity_type\",\"entity_id\",\"entity_name\",\"count\",\"status\","
        + "\"changes\",\"address\",\"request_id\",\"id\",\"sequence\",\"seal\"\r\n";

    /// <summary>Appends the line of an entry.</summary>
    public static void Append(StringBuilder text, AuditEntryData entry)
    {
        string?[] values =
        [
            AuditValues.Format(entry.CreatedAt), AuditValues.Format(entry.ActorType), entry.ActorId?.ToString(), entry.ActorName, entry.Action, entry.EntityType, entry.EntityId,
            entry.EntityName, entry.Count.ToString(CultureInfo.InvariantCulture), entry.Status?.ToString(CultureInfo.InvariantCulture),
            string.Join("; ", entry.Changes.Select(change => $"{change.Member}: {change.Before ?? "-"} -> {change.After ?? "-"}")),
            entry.Address, entry.RequestId, entry.Id.ToString(), entry.Sequence?.ToString(CultureInfo.InvariantCulture), entry.Seal,
        ];
        for (var i = 0; i < values.Length; i++)
            text.Append(i == 0 ? "\"" : ",\"").Append(Harmless(values[i] ?? "").Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        text.Append("\r\n");
    }

    // A spreadsheet runs what begins like this as a formula (OWASP, "CSV Injection"), and names are free text.
    private static string Harmless(string value) => value is [var first, ..] && CsvLine.IsFormula(first) ? "'" + value : value;
}
