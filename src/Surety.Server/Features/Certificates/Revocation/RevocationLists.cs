using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Surety.Pki;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>
/// Revocation lists of the platform's intermediates, for those who verify device certificates without asking the platform. A list is made when
/// somebody asks for it and something has changed since the last one, or a day is over. Safe to use from any thread.
/// </summary>
internal sealed class RevocationLists : IDisposable
{
    private const string NumberFile = "crl-number";

    // A base, and with it the longest delta, lasts as long; so does a list that nothing was added to.
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    // What is fetched at the end of a period holds for another one.
    private static readonly TimeSpan Validity = TimeSpan.FromDays(2);

    // A row may be committed a little after the time that stands in it.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    // Where many certificates are withdrawn one after the other, lists are made in this part of the time at most.
    private const int MaxLoad = 10;

    private readonly PlatformAuthority _platform;
    private readonly IssuedCertificates _issued;
    private readonly RevocationAddresses _addresses;
    private readonly DataDirectory _data;
    private readonly SuretyDbFactory _databases;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, PublishedLists> _published = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _making = new(1, 1);
    private long _changes;

    public RevocationLists(PlatformAuthority platform, IssuedCertificates issued, RevocationAddresses addresses, DataDirectory data, SuretyDbFactory databases, TimeProvider time)
    {
        _platform = platform;
        _issued = issued;
        _addresses = addresses;
        _data = data;
        _databases = databases;
        _time = time;
        issued.Withdrawn += OnWithdrawn;
    }

    /// <summary>The lists of an authority; null: it is none of the platform's.</summary>
    /// <param name="authority">See <see cref="PlatformAuthority.KeyIdOf"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SigningKeyException">The authority's key is out of reach.</exception>
    public async Task<PublishedLists?> FindAsync(string authority, CancellationToken cancellationToken)
    {
        if (_platform.FindAuthority(authority) is not { } signer)
            return null;
        if (_published.TryGetValue(authority, out var current) && IsCurrent(current))
            return current;
        await _making.WaitAsync(cancellationToken);
        try
        {
            if (_published.TryGetValue(authority, out current) && IsCurrent(current))
                return current;
            return _published[authority] = await MakeAsync(signer, authority, current, cancellationToken);
        }
        finally
        {
            _making.Release();
        }
    }

    public void Dispose()
    {
        _issued.Withdrawn -= OnWithdrawn;
        _making.Dispose();
    }

    private void OnWithdrawn(IReadOnlyList<IssuedCertificateRecord> records) => Interlocked.Increment(ref _changes);

    private bool IsCurrent(PublishedLists lists)
    {
        var age = _time.GetUtcNow() - lists.MadeAt;
        // A clock that was set back makes it older than it says.
        return age >= TimeSpan.Zero && age < Period && (lists.Changes == Interlocked.Read(ref _changes) || age < lists.Effort * MaxLoad);
    }

    private async Task<PublishedLists> MakeAsync(CertificateAuthority signer, string authority, PublishedLists? before, CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        var started = _time.GetTimestamp();
        var now = _time.GetUtcNow();
        var number = await NextNumberAsync(now, cancellationToken);
        // The base of a period is what a list of this moment with the number before would say; nobody needs to have it. What was made before it is
        // too old for its deltas (RFC 5280, 5.2.4), and is fetched anew.
        var isNewBase = before is null || now < before.BaseAt || now - before.BaseAt >= Period;
        var (baseNumber, baseAt) = isNewBase ? (number - 1, now) : (before!.BaseNumber, before.BaseAt);
        var since = baseAt - Overlap;
        // RFC 5280, 3.3: an entry stays on a list that is made after the certificate's end.
        var over = now - Validity;
        List<Row> rows;
        await using (var db = _databases.OpenForPlatform())
        {
            rows = await db.AllAccounts<IssuedCertificateRecord>().AsNoTracking()
                .Where(record => record.IssuerKeyId == authority && record.WithdrawnAt != null && record.NotAfter > over)
                .OrderBy(record => record.WithdrawnAt).ThenBy(record => record.Id)
                .Select(record => new Row(record.SerialNumber, record.WithdrawnAt!.Value, record.RevocationReason ?? RevocationReason.Unspecified)).ToListAsync(cancellationToken);
        }

        var full = new RevocationList
        {
            Number = number, ThisUpdate = now, NextUpdate = now + Validity, Entries = [.. rows.Select(ToEntry)], FreshestUris = _addresses.Delta(authority),
        };
        var delta = new RevocationList
        {
            Number = number, BaseNumber = baseNumber, ThisUpdate = now, NextUpdate = now + Validity, Entries = [.. rows.Where(row => row.At >= since).Select(ToEntry)],
        };
        return new PublishedLists(signer.IssueRevocationList(full), signer.IssueRevocationList(delta), baseNumber, baseAt, now, _time.GetElapsedTime(started), changes);
    }

    /// <summary>Higher than all numbers before it, also those before a restart and before the clock was set back (RFC 5280, 5.2.3). The number below it is free as well.</summary>
    private async Task<long> NextNumberAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = Path.Combine("ca", NumberFile);
        var path = _data.File(name);
        var last = File.Exists(path) && long.TryParse(await File.ReadAllTextAsync(path, cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out var stored) ? stored : 0;
        var number = Math.Max(last + 2, now.ToUnixTimeSeconds());
        await _data.WriteSecretAsync(name, number.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return number;
    }

    private static RevokedCertificate ToEntry(Row row) => new(Convert.FromHexString(row.SerialNumber), row.At, row.Reason);

    private sealed record Row(string SerialNumber, DateTimeOffset At, RevocationReason Reason);
}
