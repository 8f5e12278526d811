using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Surety.Dtls;
using Surety.Server.Features.Audit;
using Surety.Server.Features.Bootstrap;
using Surety.Server.Features.Certificates;
using Surety.Server.Features.Cluster;
using Surety.Server.Features.Enrollment;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.PreSharedKeys;

/// <summary>Pre-shared keys: what the REST API does with them, and where DTLS finds them.</summary>
internal sealed class PreSharedKeyService : IPreSharedKeyStore, IPreSharedKeyOwners
{
    private const int DefaultLimit = 50;
    private const int MinLimit = 2;
    private const int MaxLimit = 1000;

    private const string Topic = "pre-shared-key";

    private readonly SuretyDbFactory _databases;
    private readonly IClusterNotices _notices;
    private readonly DeviceTrust _trust;
    private readonly SecretProtector _protector;
    private readonly AuditTrail _audit;
    private readonly EntityIdGenerator _ids;
    private readonly TimeProvider _time;

    // Decrypted for identities that there are not, so that they take as long as others.
    private readonly byte[] _decoy;

    public PreSharedKeyService(
        SuretyDbFactory databases, DeviceTrust trust, SecretProtector protector, AuditTrail audit, IClusterNotices notices, EntityIdGenerator ids, TimeProvider time)
    {
        _databases = databases;
        _notices = notices;
        _trust = trust;
        _protector = protector;
        _audit = audit;
        _ids = ids;
        _time = time;
        _decoy = protector.Protect("psk/none", RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>Reads all keys into memory.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _notices.Listen(Topic, OnChangedElsewhereAsync);
        await ReadAllAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> FindKeyAsync(ReadOnlyMemory<byte> identity)
    {
        if (_trust.Keys.TryFindSecret(identity.Span, out var account, out var secret))
            return new(_protector.Unprotect(Purpose(account, identity.Span), secret));
        CryptographicOperations.ZeroMemory(_protector.Unprotect("psk/none", _decoy));
        return new((byte[]?)null);
    }

    /// <inheritdoc/>
    public bool IsStillKnown(ReadOnlyMemory<byte> identity) => _trust.Keys.Contains(identity.Span);

    /// <inheritdoc/>
    public ValueTask<(EntityId AccountId, string EndpointName)?> FindAsync(ReadOnlyMemory<byte> identity, CancellationToken cancellationToken) =>
        new(_trust.Keys.TryFindOwner(identity.Span, out var account, out var name, out _) ? (account, name) : null);

    /// <exception cref="PreSharedKeyException">400 or 409.</exception>
    public async Task AddAsync(EntityId account, PreSharedKeyRequest request, CancellationToken cancellationToken)
    {
        var (name, secret) = request.Parse();
        try
        {
            var key = new PreSharedKey
            {
                Id = _ids.Next(),
                AccountId = account,
                EndpointName = name,
                ProtectedSecret = _protector.Protect(Purpose(account, System.Text.Encoding.UTF8.GetBytes(name)), secret),
                CreatedAt = _time.GetInstant(),
            };
            await using var db = _databases.Open(account);
            db.Add(key);
            await db.SaveChangesAsync(cancellationToken);
            _trust.Keys.Set(account, name, key.ProtectedSecret);
            _notices.Publish(Topic, name);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            throw new PreSharedKeyException(StatusCodes.Status409Conflict, PreSharedKeyException.KeyAlreadyExists);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Null when there is none.</summary>
    /// <exception cref="PreSharedKeyException">400.</exception>
    public async Task<PreSharedKeyWithoutSecret?> FindAsync(EntityId account, string endpointName, CancellationToken cancellationToken)
    {
        PreSharedKeyRequest.CheckName(endpointName);
        await using var db = _databases.Open(account);
        return await db.Set<PreSharedKey>().AsNoTracking().SingleOrDefaultAsync(key => key.EndpointName == endpointName, cancellationToken) is { } found ? ToWire(found) : null;
    }

    /// <summary>Deletes a key: sessions that were made with it end.</summary>
    /// <exception cref="PreSharedKeyException">400.</exception>
    public async Task DeleteAsync(EntityId account, string endpointName, CancellationToken cancellationToken)
    {
        PreSharedKeyRequest.CheckName(endpointName);
        await using var db = _databases.Open(account);
        if (await _audit.DeleteAsync(db, db.Set<PreSharedKey>().Where(key => key.EndpointName == endpointName), cancellationToken) == 0)
            return;
        _trust.Keys.Remove(endpointName);
        _trust.OnKeyRemoved();
        _notices.Publish(Topic, endpointName);
    }

    /// <exception cref="PreSharedKeyException">400.</exception>
    public async Task<PreSharedKeyPage> ListAsync(EntityId account, string? limitText, string? after, CancellationToken cancellationToken)
    {
        var limit = DefaultLimit;
        if (!string.IsNullOrEmpty(limitText) && !int.TryParse(limitText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit))
            throw new PreSharedKeyException(StatusCodes.Status400BadRequest, PreSharedKeyException.InvalidLimit);
        limit = Math.Clamp(limit, MinLimit, MaxLimit);
        EntityId? from = string.IsNullOrEmpty(after) ? null : ReadMarker(account, after);
        await using var db = _databases.Open(account);
        var rows = db.Set<PreSharedKey>().AsNoTracking();
        if (from is { } last)
            rows = rows.Where(key => key.Id > last);
        var found = await rows.OrderBy(key => key.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var hasMore = found.Count > limit;
        return new PreSharedKeyPage
        {
            Limit = limit,
            After = string.IsNullOrEmpty(after) ? null : after,
            HasMore = hasMore,
            ContinuationMarker = hasMore ? WriteMarker(account, found[limit - 1].Id) : null,
            Data = [.. found.Take(limit).Select(ToWire)],
        };
    }

    private async Task<List<string>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await using var db = _databases.OpenForPlatform();
        await foreach (var key in db.AllAccounts<PreSharedKey>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _trust.Keys.Set(key.AccountId, key.EndpointName, key.ProtectedSecret);
            names.Add(key.EndpointName);
        }

        return names;
    }

    private async Task OnChangedElsewhereAsync(string? endpointName)
    {
        if (endpointName is null)
        {
            var before = _trust.Keys.Keys;
            var there = await ReadAllAsync(CancellationToken.None);
            await using (var all = _databases.OpenForPlatform())
                there.AddRange(await all.AllAccounts<BootstrapKey>().Where(key => key.ProtectedSecret != null).Select(key => key.Identity).ToListAsync());
            if (_trust.Keys.KeepOf(before, there))
                _trust.OnKeyRemoved();
            return;
        }

        await using var db = _databases.OpenForPlatform();
        if (await db.AllAccounts<PreSharedKey>().AsNoTracking().SingleOrDefaultAsync(key => key.EndpointName == endpointName) is { } found)
            _trust.Keys.Set(found.AccountId, found.EndpointName, found.ProtectedSecret);
        else if (_trust.Keys.Remove(endpointName))
            _trust.OnKeyRemoved();
    }

    private static PreSharedKeyWithoutSecret ToWire(PreSharedKey key) => new() { EndpointName = key.EndpointName, CreatedAt = key.CreatedAt };

    /// <summary>What a key is encrypted for.</summary>
    public static string Purpose(EntityId account, ReadOnlySpan<byte> identity) => $"psk/{account}/{System.Text.Encoding.UTF8.GetString(identity)}";

    /// <summary>Opaque, and of this account alone.</summary>
    private string WriteMarker(EntityId account, EntityId last) => Base64Url.EncodeToString(_protector.Protect($"psk-page/{account}", last.ToByteArray()));

    private EntityId ReadMarker(EntityId account, string marker)
    {
        try
        {
            var bytes = _protector.Unprotect($"psk-page/{account}", Base64Url.DecodeFromChars(marker));
            if (bytes.Length == EntityId.Size)
                return EntityId.Read(bytes);
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            // Not one of ours.
        }

        throw new PreSharedKeyException(StatusCodes.Status400BadRequest, PreSharedKeyException.TokenNotFound);
    }
}
