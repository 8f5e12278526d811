using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Surety.Server.Api;
using Surety.Server.Storage;

namespace Surety.Server.Features.Accounts;

/// <summary>Checks what a caller wants of an account, and puts it there.</summary>
internal static partial class AccountChanges
{
    private const int MaxAliases = 10;
    private const int MaxCustomFields = 10;
    private const int MaxCustomField = 1000;
    private const int MaxEmails = 100;

    private static readonly EmailAddressAttribute Email = new();

    /// <summary>What every request can say. Nothing is changed when something is wrong.</summary>
    /// <exception cref="ApiException">400, with all that is wrong.</exception>
    public static void Apply(SuretyDb db, Account account, AccountReq request, EntityIdGenerator ids)
    {
        List<ErrorField> errors = [];
        var aliases = request.Aliases is null ? null : CheckAliases(request.Aliases, errors);
        var update = request as AccountUpdateReq;
        if (update is not null)
            Check(update, errors);
        if (errors.Count > 0)
            throw ApiException.Invalid(errors);

        account.DisplayName = request.DisplayName ?? account.DisplayName;
        if (request.ApplyTo(account.Profile) is var profile && profile != account.Profile)
            account.Profile = profile;
        if (aliases is not null && !aliases.SequenceEqual(account.Aliases))
        {
            db.AddRange(aliases.Except(account.Aliases).Select(name => new AccountAlias { Id = ids.Next(), AccountId = account.Id, Name = name }));
            var gone = account.Aliases.Except(aliases).ToList();
            db.RemoveRange(db.AllAccounts<AccountAlias>().Where(alias => alias.AccountId == account.Id && gone.Contains(alias.Name)));
            account.Aliases = aliases;
        }

        if (update is not null)
            Apply(account, update);
    }

    /// <summary>Saves, and says whose the alias is that another account has taken.</summary>
    /// <exception cref="ApiException">404 or 409.</exception>
    public static Task SaveAsync(SuretyDb db, Account account, CancellationToken cancellationToken) => db.SaveAsync(
        "account",
        account.Id.ToString(),
        () => ApiException.Duplicate("Another account has one of the aliases.", new ErrorField("aliases", "has one that is taken")),
        cancellationToken);

    /// <summary>How aliases are compared.</summary>
    public static string AliasKey(string text) => text.ToLowerInvariant();

    private static void Check(AccountUpdateReq update, List<ErrorField> errors)
    {
        if (update.PasswordPolicy is { MinimumLength: < AccountPolicy.DefaultMinimumLength or > 512 })
            errors.Add(new ErrorField("password_policy.minimum_length", "must be from 8 to 512"));
        if (update.NotificationEmails is { } emails)
        {
            if (emails.Count > MaxEmails)
                errors.Add(new ErrorField("notification_emails", $"must have at most {MaxEmails} items"));
            else if (!emails.All(email => email is { Length: >= 3 and <= 254 } && Email.IsValid(email)))
                errors.Add(new ErrorField("notification_emails", "must be e-mail addresses of 3 to 254 characters"));
        }

        if (update.CustomFields is { } fields && (fields.Count > MaxCustomFields || fields.Any(pair => pair.Key.Length is 0 or > 100 || pair.Value?.Length > MaxCustomField)))
            errors.Add(new ErrorField("custom_fields", $"must have at most {MaxCustomFields} members with names of at most 100 and values of at most {MaxCustomField} characters"));
        if (update is AccountUpdateRootReq { Status: AccountStatus.Enrolling })
            errors.Add(new ErrorField("status", "must be ACTIVE, RESTRICTED or SUSPENDED"));
    }

    private static List<string> CheckAliases(IReadOnlyList<string> aliases, List<ErrorField> errors)
    {
        if (aliases.Count > MaxAliases)
            errors.Add(new ErrorField("aliases", $"must have at most {MaxAliases} items"));
        // What looks like an id would be taken for one.
        else if (!aliases.All(alias => alias is not null && AliasForm().IsMatch(alias) && !EntityId.TryParse(alias, out _)))
            errors.Add(new ErrorField("aliases", "must be 8 to 100 letters, digits, or any of - . _ each, and no id"));
        else
            return [.. aliases.Select(AliasKey).Distinct()];
        return [];
    }

    private static void Apply(Account account, AccountUpdateReq update)
    {
        account.EndMarket = update.EndMarket ?? account.EndMarket;
        account.ExpirationWarningThreshold = update.ExpirationWarningThreshold ?? account.ExpirationWarningThreshold;
        account.IdleTimeout = update.IdleTimeout ?? account.IdleTimeout;
        account.MfaStatus = update.MfaStatus ?? account.MfaStatus;
        account.PasswordMinimumLength = update.PasswordPolicy?.MinimumLength ?? account.PasswordMinimumLength;
        account.PasswordRecoveryExpiration = update.PasswordRecoveryExpiration ?? account.PasswordRecoveryExpiration;
        if (update.NotificationEmails is { } emails && !emails.SequenceEqual(account.NotificationEmails))
            account.NotificationEmails = [.. emails];
        if (update.CustomFields is { } fields)
            account.CustomFields = JsonSerializer.Serialize(fields);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_\-.]{8,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AliasForm();
}
