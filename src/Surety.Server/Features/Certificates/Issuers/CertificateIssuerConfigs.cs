using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Api.Filters;
using Surety.Server.Features.ApiKeys;
using Surety.Server.Storage;

namespace Surety.Server.Features.Certificates;

/// <summary>Which issuer makes which certificates. That for <c>LWM2M</c> is always there.</summary>
internal sealed class CertificateIssuerConfigs(SuretyDbFactory databases, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>The certificate a device comes with, which nobody renews. (certificates: the name is reserved.)</summary>
    public const string Bootstrap = "BOOTSTRAP";

    /// <summary>The filters of the list.</summary>
    public static readonly FilterSet<CertificateIssuerConfig> Filters = new FilterSet<CertificateIssuerConfig>()
        .Equality("reference", config => config.Reference, Normalize);

    private const string Kind = "certificate issuer configuration";

    /// <summary>The name as it is stored: <c>LWM2M</c> in whatever case it comes, others as they are.</summary>
    public static string Normalize(string reference) =>
        reference.Equals(CertificateOrder.Lwm2m, StringComparison.OrdinalIgnoreCase) ? CertificateOrder.Lwm2m : reference;

    public async Task<ListResponse<CertificateIssuerConfigResponse>> ListAsync(Caller caller, ListQuery list, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        await GetLwm2mAsync(db, caller.AccountId, cancellationToken);
        var rows = Filters.Apply(db.Set<CertificateIssuerConfig>(), list.Conditions);
        // (certificates: paging parameters are ignored.)
        return await rows.ToPageAsync(list with { Limit = ListQuery.MaxLimit, After = null }, CertificateIssuerConfigResponse.Of, alwaysCount: true, cancellationToken);
    }

    public async Task<CertificateIssuerConfigResponse> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return CertificateIssuerConfigResponse.Of(await FindAsync(db, id, cancellationToken));
    }

    public async Task<CertificateIssuerConfigResponse> GetLwm2mAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        return CertificateIssuerConfigResponse.Of(await GetLwm2mAsync(db, caller.AccountId, cancellationToken));
    }

    /// <exception cref="ApiException">400 or 409.</exception>
    public async Task<CertificateIssuerConfigResponse> CreateAsync(Caller caller, CreateCertificateIssuerConfig request, CancellationToken cancellationToken)
    {
        var reference = request.Reference!;
        if (reference.Equals(CertificateOrder.Lwm2m, StringComparison.OrdinalIgnoreCase) || reference.Equals(Bootstrap, StringComparison.OrdinalIgnoreCase))
            throw ApiException.Invalid("reference", "is reserved; the issuer of LWM2M is set with PUT /v3/certificate-issuer-configurations/lwm2m, BOOTSTRAP has none");
        await using var db = databases.Open(caller.AccountId);
        var now = time.GetInstant();
        var config = new CertificateIssuerConfig
        {
            Id = ids.Next(),
            AccountId = caller.AccountId,
            Reference = reference,
            IssuerId = await ReadIssuerAsync(db, request.CertificateIssuerId, cancellationToken),
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(config);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            throw ApiException.Duplicate($"The certificates '{reference}' have an issuer already.", new ErrorField("reference", "is taken"));
        }

        return CertificateIssuerConfigResponse.Of(config);
    }

    /// <summary>Sets the issuer; <paramref name="id"/> null means that of <c>LWM2M</c>.</summary>
    /// <exception cref="ApiException">400, 404.</exception>
    public async Task<CertificateIssuerConfigResponse> UpdateAsync(
        Caller caller, string? id, CertificateIssuerConfigRequest request, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var config = id is null ? await GetLwm2mAsync(db, caller.AccountId, cancellationToken) : await FindAsync(db, id, cancellationToken);
        config.IssuerId = await ReadIssuerAsync(db, request.CertificateIssuerId, cancellationToken);
        if (db.ChangeTracker.HasChanges())
        {
            config.Version++;
            config.UpdatedAt = time.GetInstant();
            await SaveAsync(db, config, cancellationToken);
        }

        return CertificateIssuerConfigResponse.Of(config);
    }

    /// <exception cref="ApiException">400: <c>LWM2M</c> stays; 404.</exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.AccountId);
        var config = await FindAsync(db, id, cancellationToken);
        if (config.Reference == CertificateOrder.Lwm2m)
            throw ApiException.Malformed("The configuration of LWM2M cannot be deleted; set its certificate_issuer_id to null for the platform's own authority.");
        db.Remove(config);
        await SaveAsync(db, config, cancellationToken);
    }

    /// <summary>Who issues the certificates of a name.</summary>
    /// <returns>False when nobody does; an issuer that is null is the platform's own authority.</returns>
    public async Task<(bool IsConfigured, CertificateIssuer? Issuer)> ResolveAsync(EntityId account, string certificateName, CancellationToken cancellationToken)
    {
        var reference = Normalize(certificateName);
        await using var db = databases.Open(account);
        var config = await db.Set<CertificateIssuerConfig>().AsNoTracking().SingleOrDefaultAsync(row => row.Reference == reference, cancellationToken);
        if (config is null)
            return (reference == CertificateOrder.Lwm2m, null);
        var issuer = config.IssuerId is { } id ? await db.Set<CertificateIssuer>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken) : null;
        return (true, issuer);
    }

    private static Task<CertificateIssuerConfig> FindAsync(SuretyDb db, string id, CancellationToken cancellationToken) => db.Set<CertificateIssuerConfig>().RequireAsync(id, Kind, cancellationToken);

    private static Task SaveAsync(SuretyDb db, CertificateIssuerConfig config, CancellationToken cancellationToken) =>
        db.SaveAsync(Kind, config.Id.ToString(), duplicate: null, cancellationToken);

    private static async Task<EntityId?> ReadIssuerAsync(SuretyDb db, string? issuer, CancellationToken cancellationToken)
    {
        if (issuer is null)
            return null;
        return EntityId.TryParse(issuer, out var id) && await db.Set<CertificateIssuer>().AnyAsync(row => row.Id == id, cancellationToken)
            ? id
            : throw ApiException.Invalid("certificate_issuer_id", "is not the id of a certificate issuer of the account");
    }

    // The row is made when it is first asked for, by whoever comes first.
    private async Task<CertificateIssuerConfig> GetLwm2mAsync(SuretyDb db, EntityId account, CancellationToken cancellationToken)
    {
        var rows = db.Set<CertificateIssuerConfig>().Where(row => row.Reference == CertificateOrder.Lwm2m);
        if (await rows.SingleOrDefaultAsync(cancellationToken) is { } known)
            return known;
        var now = time.GetInstant();
        var made = new CertificateIssuerConfig { Id = ids.Next(), AccountId = account, Reference = CertificateOrder.Lwm2m, CreatedAt = now, UpdatedAt = now };
        db.Add(made);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return made;
        }
        catch (DbUpdateException error) when (UniqueViolation.Is(error))
        {
            db.Entry(made).State = EntityState.Detached;
            return await rows.SingleAsync(cancellationToken);
        }
    }
}
