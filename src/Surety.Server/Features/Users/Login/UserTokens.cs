using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>
/// The tokens of users: JSON Web Tokens (RFC 7519) signed with ES256 by a key that is replaced every month. A token names a session, and is worth
/// what the session is worth: signing out, or a new password, ends it at once.
/// </summary>
internal sealed class UserTokens(SuretyDbFactory databases, SecretProtector secrets, EntityIdGenerator ids, TimeProvider time) : IDisposable
{
    /// <summary>No token is good for longer, however busy its user is.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const string Issuer = "surety";
    private const string AccountClaim = "account_id";
    private static readonly TimeSpan ReadInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeyRotation = TimeSpan.FromDays(30);

    private readonly SemaphoreSlim _loading = new(1);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    // Its own: the default one goes on verifying with the first copy of a key, when that has been disposed of with its host.
    private readonly CryptoProviderFactory _signatures = new();
    private IReadOnlyList<SigningKey> _keys = [];
    private long _readAt;

    /// <summary>A token for a session.</summary>
    public async Task<string> CreateAsync(UserSession session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = await CurrentKeyAsync(now, cancellationToken);
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = session.UserId.ToString(),
                [JwtRegisteredClaimNames.Jti] = session.Id.ToString(),
                [AccountClaim] = session.AccountId.ToString(),
            },
            SigningCredentials = new SigningCredentials(key.Key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>The session that a token names; null when we have not signed it, or its time is over.</summary>
    public async ValueTask<EntityId?> FindSessionAsync(string token, CancellationToken cancellationToken)
    {
        if (Read(token) is not { } parsed)
            return null;
        var keys = await FindKeysAsync(parsed.Kid, cancellationToken);
        var result = await _handler.ValidateTokenAsync(parsed, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidateAudience = false,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKeys = keys.Select(key => key.Key),
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid && EntityId.TryParse(parsed.Id, out var session) ? session : null;
    }

    public void Dispose()
    {
        foreach (var key in _keys)
            key.Dispose();
        _loading.Dispose();
    }

    /// <summary>A token of a key that is not known here may be of one that another node has made.</summary>
    private async ValueTask<IReadOnlyList<SigningKey>> FindKeysAsync(string? id, CancellationToken cancellationToken)
    {
        var keys = _keys;
        if (keys.Count > 0 && (string.IsNullOrEmpty(id) || keys.Any(key => key.Key.KeyId == id)))
            return keys;
        // Tokens that somebody has invented are to cost no more than one query a second.
        if (keys.Count > 0 && time.GetElapsedTime(Interlocked.Read(ref _readAt)) < ReadInterval)
            return keys;
        return await LoadAsync(keys, cancellationToken);
    }

    private JsonWebToken? Read(string token)
    {
        try
        {
            return _handler.CanReadToken(token) ? _handler.ReadJsonWebToken(token) : null;
        }
        catch (ArgumentException)
        {
            // It only looks like one.
            return null;
        }
    }

    private async Task<SigningKey> CurrentKeyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = _keys.Count > 0 ? _keys : await LoadAsync(_keys, cancellationToken);
        return keys is [.., var newest] && newest.CreatedAt > now - KeyRotation ? newest : await AddAsync(now, cancellationToken);
    }

    private async Task<IReadOnlyList<SigningKey>> LoadAsync(IReadOnlyList<SigningKey> known, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_keys != known)
                return _keys;
            Interlocked.Exchange(ref _readAt, time.GetTimestamp());
            await using var db = databases.OpenForPlatform();
            var rows = await db.Set<TokenKey>().AsNoTracking().OrderBy(key => key.Id).ToListAsync(cancellationToken);
            return _keys = [.. rows.Select(Open)];
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<SigningKey> AddAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_keys is [.., var newest] && newest.CreatedAt > now - KeyRotation)
                return newest;
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var id = ids.Next();
            var row = new TokenKey { Id = id, SealedKey = secrets.Protect(PurposeOf(id), key.ExportPkcs8PrivateKey()), CreatedAt = time.GetInstant() };
            await using var db = databases.OpenForPlatform();
            db.Add(row);
            // Tokens of the key before the last have ended long since.
            var first = _keys.Count > 0 ? _keys[^1].CreatedAt : DateTimeOffset.MinValue;
            await db.Set<TokenKey>().Where(old => old.CreatedAt < first).ExecuteDeleteAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            var opened = Open(row);
            _keys = [.. _keys.TakeLast(1), opened];
            return opened;
        }
        finally
        {
            _loading.Release();
        }
    }

    private SigningKey Open(TokenKey row)
    {
        var key = ECDsa.Create();
        var pkcs8 = secrets.Unprotect(PurposeOf(row.Id), row.SealedKey);
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        CryptographicOperations.ZeroMemory(pkcs8);
        return new SigningKey(new ECDsaSecurityKey(key) { KeyId = row.Id.ToString(), CryptoProviderFactory = _signatures }, row.CreatedAt);
    }

    private static string PurposeOf(EntityId id) => $"token-key/{id}";

    private sealed record SigningKey(ECDsaSecurityKey Key, DateTimeOffset CreatedAt) : IDisposable
    {
        public void Dispose() => Key.ECDsa.Dispose();
    }
}
