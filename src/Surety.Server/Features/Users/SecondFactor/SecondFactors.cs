using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Features.Audit;
using Surety.Server.Hosting;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>
/// The second factor of users: one-time passwords of an authenticator app, and scratch codes for the day it is lost. It is set up in two steps, so that
/// nobody locks themselves out: the first gives the key, the second proves that the app has it.
/// </summary>
internal sealed class SecondFactors(SecretProtector secrets, LoginLimits limits, AuditTrail audit, EntityIdGenerator ids, TimeProvider time)
{
    /// <summary>The member that holds a code, here and at the sign-in.</summary>
    public const string Field = "otp";

    private const int MaxCodeLength = 64;

    /// <summary>What the app is called in an authenticator.</summary>
    private const string Issuer = "Surety";

    /// <summary>Does what <c>is_totp_enabled</c> of a request says, to the user in <paramref name="db"/>, which the caller saves, in a transaction that has begun.</summary>
    /// <returns>What is shown this once; null: nothing.</returns>
    /// <exception cref="ApiException">400 or 403.</exception>
    public async Task<SecondFactorSecrets?> ApplyAsync(SuretyDb db, User user, bool isSelf, bool enable, string? code, CancellationToken cancellationToken)
    {
        if (!enable && !user.IsTotpEnabled)
            return null;
        if (enable && !isSelf)
        {
            // Read and sent back unchanged by Pelion's clients.
            return user.IsTotpEnabled ? null : throw ApiException.Forbidden("Two-factor authentication can be switched on by the user alone.");
        }

        if (enable && user.IsTotpEnabled && code is null)
            return null;
        if (!enable)
        {
            if (isSelf)
                await RequireOfSessionAsync(db, user, code, cancellationToken);
            await audit.DeleteAsync(db, db.AllAccounts<ScratchCode>().Where(scratch => scratch.UserId == user.Id), cancellationToken);
            (user.IsTotpEnabled, user.SealedTotpKey) = (false, null);
            return null;
        }

        if (code is null)
            return NewKey(user);
        await RequireOfSessionAsync(db, user, code, cancellationToken);
        var codes = await NewScratchCodesAsync(db, user, cancellationToken);
        user.IsTotpEnabled = true;
        return new SecondFactorSecrets { ScratchCodes = codes };
    }

    /// <summary>Lets a user pass who has no second factor, or shows it.</summary>
    /// <exception cref="ApiException">400 with the field <c>otp</c>, as Pelion's clients expect.</exception>
    public async Task RequireAsync(SuretyDb db, User user, string? code, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(code))
            throw ApiException.Invalid(Field, "is required: a code of the authenticator, or a scratch code");
        if (code.Length > MaxCodeLength || !await UseAsync(db, user, code.Trim(), cancellationToken))
            throw ApiException.Invalid(Field, "is wrong, or was used already");
    }

    // Whoever has found an open session must not try codes through either.
    private async Task RequireOfSessionAsync(SuretyDb db, User user, string? code, CancellationToken cancellationToken)
    {
        limits.Check(user.Email, "");
        try
        {
            await RequireAsync(db, user, code, cancellationToken);
        }
        catch (ApiException) when (!string.IsNullOrWhiteSpace(code))
        {
            limits.Failed(user.Email, "");
            throw;
        }
    }

    /// <summary>Takes a code, so that it is worth nothing any more.</summary>
    private async Task<bool> UseAsync(SuretyDb db, User user, string code, CancellationToken cancellationToken)
    {
        if (user.SealedTotpKey is null)
            throw ApiException.Invalid(Field, "comes too early: ask for the key first, with is_totp_enabled and no otp");
        var key = secrets.Unprotect(PurposeOf(user.Id), user.SealedTotpKey);
        var step = Totp.FindStep(key, code, time.GetUtcNow());
        CryptographicOperations.ZeroMemory(key);
        if (step is { } found)
        {
            // RFC 6238, 5.2: a code is good once. Of two requests with the same code one finds the step taken.
            return await db.AllAccounts<User>().Where(row => row.Id == user.Id && row.TotpStep < found)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.TotpStep, found), cancellationToken) == 1;
        }

        var hash = ScratchCode.HashOf(user.Id, code);
        // Of two requests with the same code one deletes it.
        return await audit.DeleteAsync(db, db.AllAccounts<ScratchCode>().Where(scratch => scratch.UserId == user.Id && scratch.Hash == hash), cancellationToken) == 1;
    }

    private SecondFactorSecrets NewKey(User user)
    {
        var key = RandomNumberGenerator.GetBytes(Totp.KeySize);
        (user.SealedTotpKey, user.TotpStep) = (secrets.Protect(PurposeOf(user.Id), key), 0);
        var text = Totp.ToBase32(key);
        CryptographicOperations.ZeroMemory(key);
        return new SecondFactorSecrets
        {
            Secret = text,
            Uri = $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(user.Email)}?secret={text}&issuer={Issuer}",
        };
    }

    private async Task<IReadOnlyList<string>> NewScratchCodesAsync(SuretyDb db, User user, CancellationToken cancellationToken)
    {
        await audit.DeleteAsync(db, db.AllAccounts<ScratchCode>().Where(scratch => scratch.UserId == user.Id), cancellationToken);
        List<string> codes = [];
        for (var i = 0; i < ScratchCode.Count; i++)
        {
            var code = ScratchCode.Generate();
            codes.Add(code);
            db.Add(new ScratchCode { Id = ids.Next(), AccountId = user.AccountId, UserId = user.Id, Hash = ScratchCode.HashOf(user.Id, code) });
        }

        return codes;
    }

    private static string PurposeOf(EntityId user) => $"totp/{user}";
}
