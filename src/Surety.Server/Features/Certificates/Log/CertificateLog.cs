using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Surety.Coap;
using Surety.Pki;
using Surety.Server.Api;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// The log of issued certificates, <c>ca/issued.log</c> in the data directory: every certificate that devices were given, in a Merkle tree that is
/// only ever appended to. The rows in the database say what a certificate counts for, and can be changed by whoever has the database; the log
/// shows that one is missing. See <see cref="IssuedCertificateLog"/>.
/// </summary>
internal sealed partial class CertificateLog(
    DataDirectory data,
    PlatformAuthority platform,
    IssuedCertificates issued,
    DeviceEventService events,
    SuretyDbFactory databases,
    TimeProvider time,
    ILogger<CertificateLog> log) : IDisposable
{
    /// <summary>The file, in the data directory.</summary>
    public static readonly string FileName = Path.Combine("ca", "issued.log");

    private IssuedCertificateLog? _log;

    private IssuedCertificateLog Log => _log ?? throw new InvalidOperationException("The log is not open yet.");

    /// <summary>
    /// Opens the log and compares it with the database. Rows that it has not are appended: the server ended between the two. Entries whose row is
    /// missing are an alarm: the database was restored from an older backup, or somebody has deleted rows.
    /// </summary>
    /// <param name="account">The account that is told.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="StartupException">The file cannot be used, or was changed.</exception>
    public async Task LoadAsync(EntityId account, CancellationToken cancellationToken)
    {
        try
        {
            _log = IssuedCertificateLog.Open(data.File(FileName));
            issued.Issued += OnIssued;
            await CompareAsync(account, cancellationToken);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new StartupException($"The log of issued certificates '{data.File(FileName)}' cannot be used: {error.Message}", error);
        }
    }

    /// <summary>What the log is now, signed by the authority that issues.</summary>
    /// <exception cref="ApiException">503: the disk does not take what the head would speak of.</exception>
    public CertificateLogHead GetHead()
    {
        try
        {
            // What a crash could still take away must not be signed: the log would seem to have been rewritten.
            Log.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, ErrorTypes.SystemUnavailable, $"The log of issued certificates cannot be written: {error.Message}");
        }

        var head = Log.Head;
        var now = time.GetInstant();
        var signed = CertificateLogHead.BytesToSign(now, head);
        return new CertificateLogHead
        {
            TreeSize = head.Size,
            RootHash = Convert.ToHexStringLower(head.Root.Span),
            Timestamp = now,
            Signature = Convert.ToBase64String(platform.Authority.Key.Sign(signed)),
            Certificate = platform.Authority.Certificate.ExportCertificatePem(),
        };
    }

    /// <summary>Proof that a certificate is in the log (RFC 6962, 2.1.1).</summary>
    /// <exception cref="ApiException">400, 404.</exception>
    public CertificateInclusion GetInclusion(string? fingerprint, string? treeSize)
    {
        var hex = fingerprint?.Replace(":", "", StringComparison.Ordinal) ?? "";
        if (hex.Length != IssuedCertificateRecord.FingerprintLength || !hex.All(char.IsAsciiHexDigit))
            throw ApiException.Invalid("fingerprint", "must be the SHA-256 of the certificate: 64 hexadecimal digits");
        var size = ReadSize("tree_size", treeSize, Log.Count);
        var index = Log.Find(Convert.FromHexString(hex));
        if (index < 0 || index >= size)
            throw new ApiException(StatusCodes.Status404NotFound, ErrorTypes.NotFound, $"No certificate with this fingerprint is in the first {size} entries of the log.");
        var entry = Log[index];
        return new CertificateInclusion
        {
            Fingerprint = Convert.ToHexStringLower(entry.Fingerprint.Span),
            SerialNumber = Convert.ToHexStringLower(entry.Serial.Span),
            IssuedAt = entry.IssuedAt,
            LeafIndex = index,
            LeafEntry = Convert.ToBase64String(Log.EntryBytes(index)),
            TreeSize = size,
            RootHash = Convert.ToHexStringLower(Log.Root(size)),
            AuditPath = [.. Log.InclusionProof(index, size).Select(Convert.ToHexStringLower)],
        };
    }

    /// <summary>Proof that the log was only appended to between two sizes (RFC 6962, 2.1.2).</summary>
    /// <exception cref="ApiException">400.</exception>
    public CertificateConsistency GetConsistency(string? first, string? second)
    {
        var newer = ReadSize("second", second, Log.Count);
        if (string.IsNullOrEmpty(first))
            throw ApiException.Invalid("first", "is missing: the tree_size that you have kept");
        var older = ReadSize("first", first, newer);
        return new CertificateConsistency
        {
            First = older,
            FirstRootHash = Convert.ToHexStringLower(Log.Root(older)),
            Second = newer,
            SecondRootHash = Convert.ToHexStringLower(Log.Root(newer)),
            Consistency = [.. Log.ConsistencyProof(older, newer).Select(Convert.ToHexStringLower)],
        };
    }

    public void Dispose()
    {
        issued.Issued -= OnIssued;
        _log?.Dispose();
    }

    private static int ReadSize(string name, string? text, int maximum) => string.IsNullOrEmpty(text) ? maximum
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size <= maximum ? size
        : throw ApiException.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 0 to {maximum}"));

    /// <summary>Durable before the certificate leaves: the exception keeps it back.</summary>
    private void OnIssued(IssuedCertificateRecord record, X509Certificate2 certificate)
    {
        try
        {
            Log.Append(SHA256.HashData(certificate.RawData), certificate.SerialNumberBytes.Span, record.CreatedAt);
            Log.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(error, record.Fingerprint);
            throw new CoapException(CoapCode.ServiceUnavailable, "the log of issued certificates cannot be written; try again later");
        }
    }

    private async Task CompareAsync(EntityId account, CancellationToken cancellationToken)
    {
        var before = Log.Count;
        var found = new BitArray(before);
        var appended = 0;
        await using var db = databases.OpenForPlatform();
        var rows = db.AllAccounts<IssuedCertificateRecord>().AsNoTracking().OrderBy(record => record.Id)
            .Select(record => new { record.Fingerprint, record.SerialNumber, record.CreatedAt });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var fingerprint = Convert.FromHexString(row.Fingerprint);
            var index = Log.Find(fingerprint);
            if (index < 0)
            {
                Log.Append(fingerprint, Convert.FromHexString(row.SerialNumber), row.CreatedAt);
                appended++;
            }
            else if (index < before)
            {
                found[index] = true;
            }
        }

        Log.Flush();
        if (appended > 0)
            LogAppended(appended, before);
        var missing = 0;
        for (var index = 0; index < before; index++)
        {
            if (!found[index])
            {
                missing++;
                Alarm(account, Log[index]);
            }
        }

        if (missing > 0)
            LogMissing(missing);
    }

    private void Alarm(EntityId account, in LoggedCertificate entry)
    {
        var fingerprint = Convert.ToHexStringLower(entry.Fingerprint.Span);
        var serial = Convert.ToHexStringLower(entry.Serial.Span);
        events.Record(
            account, null, DeviceEventType.RecordMissing,
            FormattableString.Invariant($"the certificate {fingerprint} (serial number {serial}), issued at {entry.IssuedAt:u}, is in the log and not in the database: rows were deleted, or an older backup was restored"),
            fingerprint, new Dictionary<string, string> { ["fingerprint"] = fingerprint, ["serial_number"] = serial });
    }

    [LoggerMessage(1761, LogLevel.Error, "Certificate {Fingerprint} was kept back: the log of issued certificates cannot be written")]
    private partial void LogNotWritten(Exception error, string fingerprint);

    [LoggerMessage(1762, LogLevel.Warning, "{Count} certificates of the database were not in the log of issued certificates, which had {Before}, and were appended. A few are those of a crash; many mean that the log was lost: compare its head with one that you have kept")]
    private partial void LogAppended(int count, int before);

    [LoggerMessage(1763, LogLevel.Error, "ALERT: {Count} certificates are in the log of issued certificates and not in the database. Devices with them are refused; see IDENTITY_RECORD_MISSING in the device events")]
    private partial void LogMissing(int count);
}
