using System.Globalization;
using Surety.Server.Features.Mail;

namespace Surety.Server.Features.Users;

/// <summary>What mails say.</summary>
internal static class MailTexts
{
    /// <summary>Subject and text; the text has the place of the link.</summary>
    public static (string Subject, string Text) Of(MailTokenPurpose purpose, string accountName, DateTimeOffset expiresAt)
    {
        var account = string.IsNullOrWhiteSpace(accountName) ? "an account" : $"the account \"{accountName}\"";
        var until = expiresAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return purpose switch
        {
            MailTokenPurpose.Invitation => ("You are invited to Surety",
                $"You are invited to {account} of Surety.\n\nChoose a password here: {MailMessageText.LinkPlace}\n\nThe link works once, until {until}."),
            MailTokenPurpose.PasswordRecovery => ("Your password at Surety",
                $"Somebody, you as we hope, wants another password for {account} of Surety.\n\nChoose it here: {MailMessageText.LinkPlace}\n\nThe link works once, until {until}. "
                + "If it was not you, there is nothing to do: the old password is still good."),
            _ => ("Your address at Surety",
                $"Is this your address? Then say so here: {MailMessageText.LinkPlace}\n\nThe link works once, until {until}, and is about {account} of Surety."),
        };
    }
}
