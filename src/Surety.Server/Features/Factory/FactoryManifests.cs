using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Surety.Pki;
using Surety.Server.Api;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.DeviceEvents;
using Surety.Server.Features.Directory;
using Surety.Server.Features.Enrollment;
using Surety.Server.Storage;

namespace Surety.Server.Features.Factory;

/// <summary>
/// What factories say they have made. A manifest is believed when its signer is an authority that the account trusts for bootstrap, or one under it.
/// One certificate from two manifests, of any accounts, is a clone: an event tells each account concerned.
/// </summary>
internal sealed class FactoryManifests(
    SuretyDbFactory databases, EnrollmentService enrollments, DeviceEventService events, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>Bytes of a signed manifest: some 100,000 devices.</summary>
    public const int MaxDocument = 32 * 1024 * 1024;

    private const string Kind = "factory manifest";

    // A bound of both databases is the number of parameters of a statement.
    private const int ChunkSize = 500;

    // Shown of lists that may be long.
    private const int MaxShown = 100;

    public async Task<ListResponse<FactoryManifestData>> ListAsync(EntityId accountId, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        return await FactoryManifestData.Filters.Apply(db.Set<FactoryManifestRecord>(), list.Conditions).ToPageAsync(list, FactoryManifestData.Of, alwaysCount: false, cancellationToken);
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task<FactoryManifestData> GetAsync(EntityId accountId, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(accountId);
        var manifest = await db.Set<FactoryManifestRecord>().AsNoTracking().RequireAsync(id, Kind, cancellationToken);
        return FactoryManifestData.Of(manifest) with { Reconciliation = await ReconcileAsync(db, manifest, cancellationToken) };
    }

    /// <summary>Takes a manifest over.</summary>
    /// <param name="caller">Whose account it is for.</param>
    /// <param name="document">The signed document, as <c>surety factory</c> writes it.</param>
    /// <param name="enroll">Enroll what is new: the account claims the devices.</param>
    /// <param name="cancellationToken">Ends the work; a manifest is imported whole or not at all, and enrolled after that.</param>
    /// <exception cref="ApiException">400: it cannot be believed; 409: the batch was imported already.</exception>
    public async Task<FactoryManifestData> ImportAsync(Caller caller, ReadOnlyMemory<byte> document, bool enroll, CancellationToken cancellationToken)
    {
        var manifest = await ReadAsync(caller.AccountId, document, cancellationToken);
        var others = await FindKnownAsync(manifest, cancellationToken);
        var report = manifest.Compare(others.ContainsKey);
        var record = new FactoryManifestRecord
        {
            Id = ids.Next(),
            AccountId = caller.AccountId,
            Factory = manifest.Factory,
            Batch = manifest.Batch,
            Quota = manifest.Quota,
            MadeAt = manifest.MadeAt.ToUniversalTime(),
            Requested = manifest.Requested,
            Made = manifest.Devices.Count,
            New = report.New.Count,
            Repeated = report.Repeated.Count,
            Known = report.Known.Count,
            LogStart = manifest.LogStart,
            LogSize = manifest.LogSize,
            LogRoot = manifest.LogRoot,
            Failures = JsonSerializer.Serialize(manifest.Failures.Take(MaxShown)),
            CreatedAt = time.GetInstant(),
        };
        await StoreAsync(record, manifest, cancellationToken);
        RecordClones(caller.AccountId, manifest, report, others);
        if (enroll)
            await EnrollAsync(record, report, cancellationToken);
        return await GetAsync(caller.AccountId, record.Id.ToString(), cancellationToken);
    }

    private async Task<FactoryManifest> ReadAsync(EntityId account, ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        var anchors = await ReadAnchorsAsync(account, cancellationToken);
        try
        {
            if (anchors.Count == 0)
                throw ApiException.Malformed("Upload the factory's authority first, to /v3/trusted-certificates with the service bootstrap: the manifest's signer must be it, or be under it.");
            if (!FactoryManifest.TryRead(document.Span, new CertificationPathValidator(anchors), time.GetUtcNow(), out var manifest, out var problem))
                throw ApiException.Malformed($"The manifest cannot be believed: {problem}.");
            if (manifest.Devices.FirstOrDefault(device => !DeviceIdentity.IsStorable(device.EndpointName)) is { } device)
                throw ApiException.Malformed($"The manifest has an endpoint name that cannot be stored: '{ApiException.Shorten(device.EndpointName)}'.");
            if (new[] { manifest.Factory, manifest.Batch, manifest.Quota }.FirstOrDefault(name => !DeviceIdentity.IsStorable(name)) is { } name)
                throw ApiException.Malformed($"The manifest's factory, batch and quota must be text of 1 to {FactoryManifestRecord.MaxName} characters; one is '{ApiException.Shorten(name)}'.");
            if (manifest.LogRoot.Length != 64 || !manifest.LogRoot.All(char.IsAsciiHexDigit) || manifest.LogStart < 0)
                throw ApiException.Malformed("The manifest says nothing sensible about the factory's log: log_root has 64 hexadecimal digits, and log_start is not negative.");
            // Whatever case the factory writes, here it is one.
            return manifest with
            {
                LogRoot = manifest.LogRoot.ToLowerInvariant(),
                Devices = [.. manifest.Devices.Select(made => made with { Serial = made.Serial.ToLowerInvariant(), Sha256 = made.Sha256.ToLowerInvariant() })],
            };
        }
        finally
        {
            foreach (var anchor in anchors)
                anchor.Dispose();
        }
    }

    private async Task<List<X509Certificate2>> ReadAnchorsAsync(EntityId account, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(account);
        var rows = await db.Set<TrustedCertificate>().AsNoTracking()
            .Where(row => row.Service == TrustedCertificateService.Bootstrap && row.Status == TrustedCertificateStatus.Active && row.DeviceExecutionMode == null)
            .ToListAsync(cancellationToken);
        var anchors = new List<X509Certificate2>();
        foreach (var row in rows)
        {
            // An upload may have those above it, too: the one with the fingerprint is trusted.
            if (IssuerMembers.TryReadCertificates(row.Certificate, out var certificates)
                && certificates.FirstOrDefault(certificate => IssuedCertificates.FingerprintOf(certificate.RawData) == row.Fingerprint) is { } trusted)
            {
                anchors.Add(trusted);
            }
        }

        return anchors;
    }

    /// <summary>Certificates of the manifest that manifests had before, with the accounts of those.</summary>
    private async Task<Dictionary<string, HashSet<EntityId>>> FindKnownAsync(FactoryManifest manifest, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, HashSet<EntityId>>(StringComparer.Ordinal);
        await using var db = databases.OpenForPlatform();
        foreach (var chunk in manifest.Devices.Select(device => device.Sha256).Distinct().Chunk(ChunkSize))
        {
            foreach (var row in await db.AllAccounts<FactoryDeviceRecord>().Where(row => chunk.Contains(row.Fingerprint)).Select(row => new { row.Fingerprint, row.AccountId }).ToListAsync(cancellationToken))
            {
                if (!known.TryGetValue(row.Fingerprint, out var accounts))
                    known[row.Fingerprint] = accounts = [];
                accounts.Add(row.AccountId);
            }
        }

        return known;
    }

    /// <exception cref="ApiException">409.</exception>
    private async Task StoreAsync(FactoryManifestRecord record, FactoryManifest manifest, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(record.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            db.Add(record);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            throw ApiException.Duplicate($"Batch '{ApiException.Shorten(record.Batch)}' of factory '{ApiException.Shorten(record.Factory)}' was imported already.", new ErrorField("batch", "is taken"));
        }

        foreach (var chunk in manifest.Devices.Chunk(ChunkSize))
        {
            db.AddRange(chunk.Select(device => new FactoryDeviceRecord
            {
                Id = ids.Next(),
                AccountId = record.AccountId,
                ManifestId = record.Id,
                EndpointName = device.EndpointName,
                SerialNumber = device.Serial,
                Fingerprint = device.Sha256,
            }));
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private void RecordClones(EntityId account, FactoryManifest manifest, FactoryImportReport report, Dictionary<string, HashSet<EntityId>> others)
    {
        foreach (var device in report.Repeated)
            Record(account, device, $"it is in batch '{manifest.Batch}' of factory '{manifest.Factory}' more than once: two devices have one identity");
        foreach (var device in report.Known)
        {
            Record(account, device, $"batch '{manifest.Batch}' of factory '{manifest.Factory}' has it, and another manifest had it before");
            // Whose the other one is, is nobody's business.
            foreach (var other in others[device.Sha256].Where(other => other != account))
                Record(other, device, "a manifest that another account has imported has it, too");
        }

        void Record(EntityId concerned, FactoryDevice device, string what) => events.Record(
            concerned, null, DeviceEventType.MadeTwice, $"{device.EndpointName}: its certificate was made twice: {what}", device.Sha256,
            new Dictionary<string, string> { ["endpoint_name"] = device.EndpointName, ["fingerprint"] = device.Sha256 });
    }

    private async Task EnrollAsync(FactoryManifestRecord record, FactoryImportReport report, CancellationToken cancellationToken)
    {
        // A certificate that two devices have must not be let in by this.
        var repeated = report.Repeated.Select(device => device.Sha256).ToHashSet(StringComparer.Ordinal);
        var enrolled = await enrollments.CreateAllAsync(
            record.AccountId,
            [.. report.New.Select(device => device.Sha256).Where(fingerprint => !repeated.Contains(fingerprint)).Select(fingerprint => new EnrollmentFingerprint(fingerprint))],
            cancellationToken);
        await using var db = databases.Open(record.AccountId);
        await db.Set<FactoryManifestRecord>().Where(row => row.Id == record.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Enrolled, enrolled), cancellationToken);
    }

    private static async Task<FactoryReconciliation> ReconcileAsync(SuretyDb db, FactoryManifestRecord manifest, CancellationToken cancellationToken)
    {
        var pairs = db.Set<FactoryDeviceRecord>().AsNoTracking().Where(made => made.ManifestId == manifest.Id)
            .Join(db.Devices, made => made.EndpointName, device => device.EndpointName, (made, device) => new { made.EndpointName, made.Fingerprint, device.DeviceKey });
        int seen = 0, another = 0;
        var names = new List<string>();
        await foreach (var pair in pairs.OrderBy(pair => pair.EndpointName).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            // Entered over REST, and never here.
            if (pair.DeviceKey.Length == 0)
                continue;
            if (pair.DeviceKey.Replace(":", "", StringComparison.Ordinal).Equals(pair.Fingerprint, StringComparison.OrdinalIgnoreCase))
            {
                seen++;
            }
            else
            {
                another++;
                if (names.Count < MaxShown)
                    names.Add(pair.EndpointName);
            }
        }

        var before = await db.Set<FactoryManifestRecord>().Where(other => other.Factory == manifest.Factory && other.Id != manifest.Id && other.LogSize <= manifest.LogStart)
            .MaxAsync(other => (int?)other.LogSize, cancellationToken) ?? 0;
        return new FactoryReconciliation
        {
            Seen = seen, NotSeen = manifest.Made - seen, SeenWithAnotherKey = another, AnotherKey = names, UnreportedBefore = manifest.LogStart - before,
        };
    }
}
