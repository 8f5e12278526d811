using System.Data;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>The external authorities of an account.</summary>
internal sealed class CertificateIssuers(SuretyDbFactory databases, ExternalIssuers external, SecretProtector secrets, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>Issuers of an account.</summary>
    public const int MaxIssuers = 20;

    /// <summary>The list has no filters.</summary>
    public static readonly FilterSet<CertificateIssuer> Filters = new();

    private const string Kind = "certificate issuer";

    public async Task<ListResponse<CertificateIssuerInfo>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var rows = Filters.Apply(db.Set<CertificateIssuer>(), list.Conditions);
        // (certificates: paging parameters are ignored.)
        return await rows.ToPageAsync(list with { Limit = ListQuery.MaxLimit, After = null }, CertificateIssuerInfo.Of, alwaysCount: true, cancellationToken);
    }

    public async Task<CertificateIssuerInfo> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return CertificateIssuerInfo.Of(await FindAsync(db, id, cancellationToken));
    }

    /// <exception cref="ApiException">400 or 409.</exception>
    public async Task<CertificateIssuerInfo> CreateAsync(Caller caller, CertificateIssuerRequest request, CancellationToken cancellationToken)
    {
        var type = request.IssuerType!.Value;
        var attributes = request.IssuerAttributes ?? new Dictionary<string, string>();
        IssuerMembers.CheckAttributes(type, attributes);
        IssuerMembers.CheckCredentials(type, request.IssuerCredentials!);
        var id = ids.Next();
        var issuer = new CertificateIssuer
        {
            Id = id,
            AccountId = caller.AccountId,
            Name = request.Name!,
            Description = request.Description,
            Type = type,
            Attributes = JsonSerializer.Serialize(attributes),
            ProtectedCredentials = Protect(id, request.IssuerCredentials!),
            CreatedAt = time.GetInstant(),
        };
        await using var db = databases.Open(caller.AccountId);
        // Serializable: of two callers that add the last one, one must see the other.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await db.Set<CertificateIssuer>().CountAsync(cancellationToken) >= MaxIssuers)
            throw ApiException.Malformed($"The account has {MaxIssuers} certificate issuers, and may not have more; delete one that is not needed.");
        db.Add(issuer);
        await SaveAsync(db, issuer, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return CertificateIssuerInfo.Of(issuer);
    }

    /// <exception cref="ApiException">400, 404 or 409.</exception>
    public async Task<CertificateIssuerInfo> UpdateAsync(Caller caller, string id, CertificateIssuerUpdateRequest request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var issuer = await FindAsync(db, id, cancellationToken);
        if (request.IssuerAttributes is { } attributes)
        {
            IssuerMembers.CheckAttributes(issuer.Type, attributes);
            issuer.Attributes = JsonSerializer.Serialize(attributes);
        }

        if (request.IssuerCredentials is { } credentials)
        {
            IssuerMembers.CheckCredentials(issuer.Type, credentials);
            issuer.ProtectedCredentials = Protect(issuer.Id, credentials);
        }

        issuer.Name = request.Name ?? issuer.Name;
        issuer.Description = request.Description ?? issuer.Description;
        if (db.ChangeTracker.HasChanges())
        {
            issuer.Version++;
            await SaveAsync(db, issuer, cancellationToken);
        }

        return CertificateIssuerInfo.Of(issuer);
    }

    /// <exception cref="ApiException">400: it is in use; 404.</exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var issuer = await FindAsync(db, id, cancellationToken);
        var used = await db.Set<CertificateIssuerConfig>().Where(config => config.IssuerId == issuer.Id).Select(config => config.Reference).FirstOrDefaultAsync(cancellationToken);
        if (used is not null)
            throw ApiException.Malformed($"The issuer makes the certificates '{used}'; give those another issuer first (certificate-issuer-configurations).");
        db.Remove(issuer);
        await SaveAsync(db, issuer, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Has a test certificate made.</summary>
    /// <exception cref="ApiException">404; 424: the issuer failed, and the message says how.</exception>
    public async Task<CertificateIssuerVerifyResponse> VerifyAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        CertificateIssuer issuer;
        await using (var db = databases.Open(caller.AccountId))
            issuer = await FindAsync(db, id, cancellationToken);
        try
        {
            using var certificate = await external.TryAsync(issuer, cancellationToken);
            return new CertificateIssuerVerifyResponse { Successful = true, Message = $"The issuer made a test certificate, signed by '{certificate.Issuer}'." };
        }
        catch (IssuerException error)
        {
            throw new ApiException(StatusCodes.Status424FailedDependency, ErrorTypes.SystemUnavailable, $"No test certificate: {error.Message}.");
        }
    }

    private static Task<CertificateIssuer> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) => db.Set<CertificateIssuer>().RequireAsync(id, Kind, cancellationToken);

    private static Task SaveAsync(SuretyDb db, CertificateIssuer issuer, CancellationToken cancellationToken) => db.SaveAsync(
        Kind,
        issuer.Id.ToString(),
        () => ApiException.Duplicate($"Another issuer of the account has the name '{ApiException.Shorten(issuer.Name)}'.", new ErrorField("name", "is taken")),
        cancellationToken);

    private byte[] Protect(EntityId id, IReadOnlyDictionary<string, string> credentials)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(credentials);
        try
        {
            return secrets.Protect(CertificateIssuer.PurposeOf(id), plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
