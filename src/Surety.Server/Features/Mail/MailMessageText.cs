namespace Surety.Server.Features.Mail;

/// <summary>A mail to one address. <see cref="Text"/> has <see cref="LinkPlace"/> where the link belongs.</summary>
internal sealed record MailMessageText(EntityId AccountId, string Receiver, string Subject, string Text, string Link)
{
    /// <summary>What stands in the log in place of the link.</summary>
    public const string LinkPlace = "[link]";
}
