using System.Data;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>The certificates that accounts trust: whose devices are whose.</summary>
internal sealed partial class TrustedCertificates(SuretyDbFactory databases, EntityIdGenerator ids, TimeProvider time, ILogger<TrustedCertificates> log)
{
    /// <summary>Developer certificates of an account.</summary>
    public const int MaxDeveloper = 10;

    /// <summary>Other certificates of an account.</summary>
    public const int MaxCommercial = 50;

    private const string Kind = "trusted certificate";
    private const string FreeTier = "0";

    /// <summary>Raised after an account's trusted certificates have changed and that is committed; on the thread of the request, so handlers must be short.</summary>
    public event Action<EntityId>? Changed;

    public async Task<ListResponse<TrustedCertificateResp>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var now = time.GetUtcNow();
        var rows = TrustedCertificateFilters.At(now).Apply(db.Set<TrustedCertificate>(), list.Conditions);
        return await rows.ToPageAsync(list, certificate => TrustedCertificateResp.Of(certificate, now), alwaysCount: true, cancellationToken);
    }

    public async Task<TrustedCertificateResp> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return TrustedCertificateResp.Of(await FindAsync(db, id, cancellationToken), time.GetUtcNow());
    }

    /// <exception cref="ApiException">400 or 409.</exception>
    public async Task<TrustedCertificateResp> CreateAsync(Caller caller, TrustedCertificateReq request, CancellationToken cancellationToken)
    {
        var chain = Read(request.Certificate!);
        RequirePossession(chain, caller.AccountId, request.Signature, request.EnrollmentMode == true);
        var now = time.GetInstant();
        var certificate = new TrustedCertificate
        {
            Id = ids.Next(),
            AccountId = caller.AccountId,
            Name = request.Name!,
            Description = request.Description,
            Service = request.Service!.Value,
            Status = request.Status ?? TrustedCertificateStatus.Active,
            EnrollmentMode = request.EnrollmentMode ?? false,
            Certificate = "",
            Fingerprint = "",
            Subject = "",
            Issuer = "",
            OwnerId = caller.ApplicationId is { IsNone: false } owner ? owner : null,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Take(certificate, chain, request.Certificate!);
        await AddAsync(certificate, cancellationToken);
        return TrustedCertificateResp.Of(certificate, now);
    }

    /// <summary>Adds a certificate to those that its account trusts, with <paramref name="companion"/> in the same transaction.</summary>
    /// <exception cref="ApiException">403: the account has as many as it may have; 409: name or subject are taken.</exception>
    public async Task AddAsync(TrustedCertificate certificate, CancellationToken cancellationToken, object? companion = null)
    {
        await using (var db = databases.Open(certificate.AccountId))
        {
            // Serializable: of two callers that add the last one, one must see the other.
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
            await RequireRoomAsync(db, isDeveloper: certificate.DeviceExecutionMode is not null, cancellationToken);
            db.Add(certificate);
            if (companion is not null)
                db.Add(companion);
            await SaveAsync(db, certificate, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        Raise(certificate.AccountId);
    }

    /// <exception cref="ApiException">400, 404 or 409.</exception>
    public async Task<TrustedCertificateResp> UpdateAsync(Caller caller, string id, TrustedCertificateUpdateReq request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var certificate = await FindAsync(db, id, cancellationToken);
        var isDeveloper = certificate.DeviceExecutionMode is not null;
        if (isDeveloper && request.Service is { } service && service != certificate.Service)
            throw ApiException.Invalid("service", "is fixed for developer certificates");
        // Clients send back what they have read: that is no other certificate, and needs no other proof.
        if (request.Certificate is { } pem && pem.Trim() != certificate.Certificate.Trim())
        {
            if (isDeveloper)
                throw ApiException.Invalid("certificate", "is fixed for developer certificates");
            var chain = Read(pem);
            RequirePossession(chain, caller.AccountId, request.Signature, request.EnrollmentMode ?? certificate.EnrollmentMode);
            Take(certificate, chain, pem);
        }

        certificate.Name = request.Name ?? certificate.Name;
        certificate.Description = request.Description ?? certificate.Description;
        certificate.Service = request.Service ?? certificate.Service;
        certificate.Status = request.Status ?? certificate.Status;
        certificate.EnrollmentMode = request.EnrollmentMode ?? certificate.EnrollmentMode;
        if (db.ChangeTracker.HasChanges())
        {
            certificate.Version++;
            certificate.UpdatedAt = time.GetInstant();
            await SaveAsync(db, certificate, cancellationToken);
            Raise(caller.AccountId);
        }

        return TrustedCertificateResp.Of(certificate, time.GetUtcNow());
    }

    /// <exception cref="ApiException">404.</exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var certificate = await FindAsync(db, id, cancellationToken);
        db.Remove(certificate);
        await SaveAsync(db, certificate, cancellationToken);
        Raise(caller.AccountId);
    }

    private static Task<TrustedCertificate> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) => db.Set<TrustedCertificate>().RequireAsync(id, Kind, cancellationToken);

    private static Task SaveAsync(SuretyDb db, TrustedCertificate certificate, CancellationToken cancellationToken) => db.SaveAsync(
        Kind,
        certificate.Id.ToString(),
        () => ApiException.Duplicate("Another trusted certificate of the account has the same name or the same subject.", new ErrorField("name", "is taken, or the subject is")),
        cancellationToken);

    private static async Task RequireRoomAsync(SuretyDb db, bool isDeveloper, CancellationToken cancellationToken)
    {
        var count = await db.Set<TrustedCertificate>().CountAsync(row => (row.DeviceExecutionMode != null) == isDeveloper, cancellationToken);
        if (isDeveloper && count >= MaxDeveloper)
            throw ApiException.LimitExceeded($"The account has {MaxDeveloper} developer certificates, and may not have more; delete one that is not needed.");
        if (isDeveloper)
            return;
        if (await db.Set<Account>().AnyAsync(account => account.Tier == FreeTier, cancellationToken))
            throw ApiException.Forbidden("Only commercial accounts can trust certificates of their own; use a developer certificate.");
        if (count >= MaxCommercial)
            throw ApiException.LimitExceeded($"The account has {MaxCommercial} trusted certificates, and may not have more; delete one that is not needed.");
    }

    private static void RequirePossession(TrustedChain chain, EntityId account, string? signature, bool isEnrollmentMode)
    {
        if (signature is null)
        {
            if (chain.IsComplete || isEnrollmentMode)
                return;
            throw ApiException.Invalid(
                "signature",
                $"is required, because the certificate comes without those above it: give the chain from the root on, or the account id {account} signed with the certificate's key"
                + $" (printf {account} | openssl dgst -sha256 -sign ca.key | base64 -w0)");
        }

        var bytes = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, bytes, out var length))
            throw ApiException.Invalid("signature", "must be base64");
        if (!chain.HasSigned(account, bytes.AsSpan(0, length)))
            throw ApiException.Invalid("signature", $"is not the signature of the account id {account} with SHA-256 by the key of '{chain.Trusted.Subject}'");
    }

    private static void Take(TrustedCertificate certificate, TrustedChain chain, string pem)
    {
        certificate.Certificate = pem;
        certificate.Fingerprint = IssuedCertificates.FingerprintOf(chain.Trusted.RawData);
        certificate.Subject = chain.Trusted.Subject;
        certificate.Issuer = chain.Trusted.Issuer;
        certificate.Validity = new DateTimeOffset(chain.Trusted.NotAfter).ToUniversalTime();
    }

    private TrustedChain Read(string pem) => TrustedChain.TryParse(pem, time.GetUtcNow(), out var chain, out var problem)
        ? chain
        : throw ApiException.Invalid("certificate", problem);

    private void Raise(EntityId account)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(Changed))
        {
            try
            {
                handler(account);
            }
            catch (Exception error)
            {
                // The change is committed: the request has succeeded whatever a listener makes of it, and the others must hear of it too.
                LogListenerFailed(error, account);
            }
        }
    }

    [LoggerMessage(1754, LogLevel.Error, "A listener failed on a change of the trusted certificates of account {AccountId}")]
    private partial void LogListenerFailed(Exception error, EntityId accountId);
}
