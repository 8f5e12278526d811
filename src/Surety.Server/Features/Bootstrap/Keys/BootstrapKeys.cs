using System.Data.Common;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Surety.Lwm2m;
using Surety.Lwm2m.Server;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Directory;
using Surety.Server.Features.PreSharedKeys;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Bootstrap;

/// <summary>
/// Keys that are made for devices at their bootstrap, security modes 0 and 1. A key counts from the moment it is written to the device, since the
/// device registers right after the Finish; it is deleted when the Finish does not come, when a later bootstrap has finished, and with the device.
/// </summary>
internal sealed partial class BootstrapKeys : IDisposable
{
    private const string Topic = "bootstrap-key";

    // As strong as the cipher suites that go with it (RFC 6655), and what the smallest clients have room for.
    private const int KeySize = 16;

    // Random, and not the endpoint name: who listens to a handshake does not learn which device it is, and the key that a device bootstraps with,
    // whose identity is its name, stays what it is.
    private const int IdentitySize = 16;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // No bootstrap takes longer.
    private static readonly TimeSpan SessionTimeout = new BootstrapServerOptions().SessionTimeout;

    private readonly SuretyDbFactory _databases;
    private readonly DeviceTrust _trust;
    private readonly PlatformAuthority _authority;
    private readonly SecretProtector _protector;
    private readonly EntityIdGenerator _ids;
    private readonly DeviceDirectory _directory;
    private readonly IClusterNotices _notices;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();

    public BootstrapKeys(
        SuretyDbFactory databases,
        DeviceTrust trust,
        PlatformAuthority authority,
        SecretProtector protector,
        EntityIdGenerator ids,
        DeviceDirectory directory,
        IClusterNotices notices,
        TimeProvider time,
        ILogger<BootstrapKeys> log)
    {
        _databases = databases;
        _trust = trust;
        _authority = authority;
        _protector = protector;
        _ids = ids;
        _directory = directory;
        _notices = notices;
        _time = time;
        _log = log;
        directory.Withdrawn += OnWithdrawn;
    }

    /// <summary>Whether a mode has a key that is made here.</summary>
    public static bool IsMadeFor(SecurityMode mode) => mode is SecurityMode.PreSharedKey or SecurityMode.RawPublicKey;

    /// <summary>Reads the keys into memory; before devices are served. Those of bootstraps that the end of a process cut off go when their time is over.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using (var db = _databases.OpenForPlatform())
        {
            var over = _time.GetInstant() - SessionTimeout;
            var ended = await db.AllAccounts<BootstrapKey>()
                .Where(key => (key.FinishedAt == null && key.CreatedAt < over) || !db.AllAccounts<Directory.Device>().Any(device => device.Id == key.DeviceId))
                .ToListAsync(cancellationToken);
            db.RemoveRange(ended);
            await SaveAsync(db);
            Forget(ended);
            await ReadAsync(db, cancellationToken);
        }

        _notices.Listen(Topic, OnChangedElsewhereAsync);
        _ = SweepAsync();
    }

    /// <summary>Believes the keys of every account.</summary>
    public async Task ReadAsync(SuretyDb db, CancellationToken cancellationToken)
    {
        await foreach (var key in db.AllAccounts<BootstrapKey>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            Believe(key);
    }

    /// <summary>Makes the key of a bootstrap. When this returns it is kept, and the device may use it.</summary>
    /// <param name="grant">What the device gets; in mode 0 or 1.</param>
    /// <param name="cancellationToken">The bootstrap has ended.</param>
    /// <returns>The account with the key in it, which is nowhere else but, encrypted, in the database.</returns>
    public async Task<SecurityAccount> MakeAsync(BootstrapGrant grant, CancellationToken cancellationToken)
    {
        var (key, account) = grant.Security!.Mode == SecurityMode.PreSharedKey ? MakeSharedKey(grant) : MakeKeyPair(grant);
        // First, so that it is found again however this ends.
        grant.GivenKey!.Key = key;
        await using (var db = _databases.Open(grant.AccountId))
        {
            db.Add(key);
            await db.SaveChangesAsync(cancellationToken);
        }

        Believe(key);
        Publish(key);
        return account;
    }

    /// <summary>The device has acknowledged the Finish: its key stays, and whatever keys it was given before go. Returns at once.</summary>
    public void Finish(BootstrapGrant grant) => _ = RepeatAsync(async () =>
    {
        var finished = grant.GivenKey?.Key?.Id ?? default;
        await using var db = _databases.Open(grant.AccountId);
        var keys = await db.Set<BootstrapKey>().Where(key => key.DeviceId == grant.DeviceId).ToListAsync();
        foreach (var key in keys)
        {
            if (key.Id == finished)
                key.FinishedAt = _time.GetInstant();
            else
                db.Remove(key);
        }

        await SaveAsync(db);
        Forget([.. keys.Where(key => key.Id != finished)]);
    });

    /// <summary>The bootstrap came to nothing: its key goes. Returns at once.</summary>
    public void Withdraw(BootstrapGrant grant)
    {
        if (grant.GivenKey?.Key is { } key)
            _ = RepeatAsync(() => DeleteAsync(key.AccountId, key.DeviceId, other => other.Id == key.Id));
    }

    public void Dispose()
    {
        _directory.Withdrawn -= OnWithdrawn;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private (BootstrapKey Key, SecurityAccount Account) MakeSharedKey(BootstrapGrant grant)
    {
        var secret = RandomNumberGenerator.GetBytes(KeySize);
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdentitySize));
        var identity = Encoding.ASCII.GetBytes(name);
        var key = NewKey(grant, name, _protector.Protect(PreSharedKeyService.Purpose(grant.AccountId, identity), secret));
        return (key, grant.Security! with { PublicKeyOrIdentity = identity, SecretKey = secret });
    }

    private (BootstrapKey Key, SecurityAccount Account) MakeKeyPair(BootstrapGrant grant)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = pair.ExportSubjectPublicKeyInfo();
        using var server = X509CertificateLoader.LoadCertificate(_authority.ServerCertificate.Certificate.RawData);
        var account = grant.Security! with
        {
            PublicKeyOrIdentity = publicKey,
            ServerPublicKey = server.PublicKey.ExportSubjectPublicKeyInfo(),
            SecretKey = pair.ExportECPrivateKey(),
        };
        return (NewKey(grant, Convert.ToHexStringLower(SHA256.HashData(publicKey)), null), account);
    }

    private BootstrapKey NewKey(BootstrapGrant grant, string identity, byte[]? protectedSecret) => new()
    {
        Id = _ids.Next(),
        AccountId = grant.AccountId,
        DeviceId = grant.DeviceId,
        EndpointName = grant.EndpointName,
        Identity = identity,
        ProtectedSecret = protectedSecret,
        CreatedAt = _time.GetInstant(),
    };

    private void Believe(BootstrapKey key)
    {
        if (key.ProtectedSecret is { } secret)
            _trust.Keys.SetGiven(key.AccountId, key.DeviceId, key.Identity, key.EndpointName, secret);
        else
            _trust.SetDeviceKey(key.AccountId, key.DeviceId, key.Identity);
    }

    private void Forget(List<BootstrapKey> keys)
    {
        foreach (var key in keys)
        {
            Forget(key.DeviceId, key.Identity, key.ProtectedSecret is not null);
            Publish(key);
        }

        if (keys.Count > 0)
            _trust.OnKeyRemoved();
    }

    private void Forget(EntityId device, string identity, bool isShared)
    {
        if (isShared)
            _trust.Keys.Remove(identity);
        else
            _trust.RemoveDeviceKey(device, identity);
    }

    private void Publish(BootstrapKey key) => _notices.Publish(Topic, $"{key.Id} {key.DeviceId} {key.Identity} {(key.ProtectedSecret is null ? 0 : 1)}");

    // Those of which nobody could tell are read with the rest of what is trusted.
    private async Task OnChangedElsewhereAsync(string? body)
    {
        var parts = body?.Split(' ') ?? [];
        if (parts.Length != 4 || !EntityId.TryParse(parts[0], out var id) || !EntityId.TryParse(parts[1], out var device))
            return;
        await using var db = _databases.OpenForPlatform();
        if (await db.AllAccounts<BootstrapKey>().AsNoTracking().SingleOrDefaultAsync(key => key.Id == id) is { } key)
        {
            Believe(key);
            return;
        }

        Forget(device, parts[2], parts[3] == "1");
        _trust.OnKeyRemoved();
    }

    private void OnWithdrawn(DeviceWithdrawal withdrawal)
    {
        if (withdrawal.Reason == DeviceWithdrawalReason.Deleted)
            _ = RepeatAsync(() => DeleteAsync(withdrawal.AccountId, withdrawal.DeviceId, _ => true));
    }

    private async Task DeleteAsync(EntityId account, EntityId device, Func<BootstrapKey, bool> isMeant)
    {
        await using var db = _databases.Open(account);
        var keys = (await db.Set<BootstrapKey>().Where(key => key.DeviceId == device).ToListAsync()).FindAll(key => isMeant(key));
        db.RemoveRange(keys);
        await SaveAsync(db);
        Forget(keys);
    }

    /// <summary>What another has deleted meanwhile is gone as well.</summary>
    private static async Task SaveAsync(SuretyDb db)
    {
        while (true)
        {
            try
            {
                await db.SaveChangesAsync();
                return;
            }
            catch (DbUpdateConcurrencyException error)
            {
                foreach (var entry in error.Entries)
                    entry.State = EntityState.Detached;
            }
        }
    }

    /// <summary>Bootstraps that this process did not see the end of have ended when their time is over.</summary>
    private async Task SweepAsync()
    {
        var started = _time.GetInstant();
        var token = _stopping.Token;
        try
        {
            await Task.Delay(SessionTimeout, _time, token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await RepeatAsync(async () =>
        {
            await using var db = _databases.OpenForPlatform();
            var keys = await db.AllAccounts<BootstrapKey>().Where(key => key.FinishedAt == null && key.CreatedAt < started).ToListAsync();
            db.RemoveRange(keys);
            await SaveAsync(db);
            Forget(keys);
        });
    }

    private async Task RepeatAsync(Func<Task> work)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception error) when (error is DbException or DbUpdateException)
            {
                LogNotKept(error);
                await Task.Delay(RetryDelay, _time);
            }
            catch (ObjectDisposedException)
            {
                // The server ends; the next start puts it right.
                return;
            }
        }
    }

    [LoggerMessage(1609, LogLevel.Error, "The keys that devices were given at their bootstrap could not be brought up to date; it is tried again")]
    private partial void LogNotKept(Exception exception);
}
