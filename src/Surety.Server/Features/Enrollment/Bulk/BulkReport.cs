using System.Globalization;
using System.Text;
using Surety.Server.Api;

namespace Surety.Server.Features.Enrollment;

/// <summary>
/// The rows of the two reports of a batch: RFC 4180 with CRLF, every value in quotes. The full report has all identities, the errors report
/// those with errors, and no times.
/// </summary>
internal sealed class BulkReport
{
    public const string FullFile = "full_report.csv";
    public const string ErrorsFile = "errors_report.csv";

    private const string ErrorColumns = "\"error__code\",\"error__type\",\"error__message\",\"error__fields\"\r\n";

    private readonly StringBuilder _full = new();
    private readonly StringBuilder _errors = new();

    /// <summary>The rows of the full report.</summary>
    public string Full => _full.ToString();

    /// <summary>The rows of the errors report.</summary>
    public string Errors => _errors.ToString();

    /// <summary>How many identities have an error.</summary>
    public int ErrorsCount { get; private set; }

    public static string Header(BulkKind kind, bool isFull) => (isFull, kind) switch
    {
        (false, _) => "\"entity__id\"," + ErrorColumns,
        (true, BulkKind.Upload) => "\"entity__id\",\"entity__created_at\"," + ErrorColumns,
        _ => "\"entity__id\",\"entity__deleted_at\"," + ErrorColumns,
    };

    /// <summary>The identity was enrolled, or is no longer enrolled.</summary>
    public void AddDone(EnrollmentFingerprint fingerprint, DateTimeOffset at) => _full
        .Append('"').Append(fingerprint.ToIdentity()).Append("\",\"")
        .Append(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)).Append("\",\"\",\"\",\"\",\"\"\r\n");

    /// <summary>The value is no identity.</summary>
    public void AddInvalid(string value) => AddError(
        value, StatusCodes.Status400BadRequest, ErrorTypes.ValidationError, "Invalid enrollment identity.", $"enrollment_identity {EnrollmentFingerprint.Expectation}");

    /// <summary>The identity is enrolled already.</summary>
    public void AddDuplicate(EnrollmentFingerprint fingerprint) => AddError(
        fingerprint.ToIdentity(), StatusCodes.Status409Conflict, ErrorTypes.Duplicate, "The enrollment identity is already in this account or in another one.", "");

    /// <summary>The account has no such identity.</summary>
    public void AddNotFound(EnrollmentFingerprint fingerprint) => AddError(
        fingerprint.ToIdentity(), StatusCodes.Status404NotFound, ErrorTypes.NotFound, "The account has no such enrollment identity.", "");

    private void AddError(string value, int code, string type, string message, string fields)
    {
        ErrorsCount++;
        var quoted = value.Replace("\"", "\"\"", StringComparison.Ordinal);
        var error = string.Create(CultureInfo.InvariantCulture, $"\"{code}\",\"{type}\",\"{message}\",\"{fields}\"\r\n");
        _full.Append('"').Append(quoted).Append("\",\"\",").Append(error);
        _errors.Append('"').Append(quoted).Append("\",").Append(error);
    }
}
