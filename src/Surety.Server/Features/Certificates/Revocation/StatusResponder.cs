using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Surety.Pki;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>The OCSP responder (RFC 6960) for what the platform's intermediates have issued to devices. Safe to use from any thread.</summary>
internal sealed class StatusResponder : IDisposable
{
    // OCSPResponse with the status unauthorized (6) and nothing else.
    private static readonly byte[] Unauthorized = [0x30, 0x03, 0x0A, 0x01, 0x06];

    private readonly PlatformAuthority _platform;
    private readonly IssuedCertificates _issued;
    private readonly SuretyDbFactory _databases;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, OcspResponder> _responders = new(StringComparer.Ordinal);

    public StatusResponder(PlatformAuthority platform, IssuedCertificates issued, SuretyDbFactory databases, TimeProvider time)
    {
        _platform = platform;
        _issued = issued;
        _databases = databases;
        _time = time;
        issued.Withdrawn += OnWithdrawn;
    }

    /// <summary>Answers a request; what is wrong with it is answered, too.</summary>
    /// <param name="request">OCSPRequest, DER.</param>
    /// <returns>OCSPResponse, DER.</returns>
    /// <exception cref="System.Data.Common.DbException">The database fails.</exception>
    public byte[] Respond(ReadOnlyMemory<byte> request)
    {
        foreach (var authority in _platform.Authorities)
        {
            var response = _responders.GetOrAdd(PlatformAuthority.KeyIdOf(authority.Certificate), Create, authority).Respond(request);
            // Of another authority: perhaps the next one of ours.
            if (!response.AsSpan().SequenceEqual(Unauthorized))
                return response;
        }

        return Unauthorized;
    }

    public void Dispose() => _issued.Withdrawn -= OnWithdrawn;

    private OcspResponder Create(string keyId, CertificateAuthority authority) =>
        new(authority.Certificate, authority.Certificate, authority.Key, serial => Find(keyId, serial), _time);

    private CertificateStatus Find(string authority, ReadOnlyMemory<byte> serial)
    {
        var text = Convert.ToHexStringLower(serial.Span);
        using var db = _databases.OpenForPlatform();
        var record = db.AllAccounts<IssuedCertificateRecord>().AsNoTracking().FirstOrDefault(row => row.SerialNumber == text && row.IssuerKeyId == authority);
        return record switch
        {
            null => new CertificateStatus.Unknown(),
            { WithdrawnAt: { } at } => new CertificateStatus.Revoked(at, record.RevocationReason ?? RevocationReason.Unspecified),
            _ => new CertificateStatus.Good(),
        };
    }

    private void OnWithdrawn(IReadOnlyList<IssuedCertificateRecord> records)
    {
        foreach (var record in records)
        {
            if (record.IssuerKeyId is { } authority && _responders.TryGetValue(authority, out var responder))
                responder.Forget(Convert.FromHexString(record.SerialNumber));
        }
    }
}
