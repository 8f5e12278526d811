using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Mail;

/// <summary>A mail that an account has sent, or could not send. Links in it are blacked out: they are keys. (account-management, NotificationEntry.)</summary>
[NotAudited("a log itself")]
internal sealed class MailRecord : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public required string Receiver { get; init; }

    public required string Subject { get; init; }

    public required string Message { get; init; }

    public bool Success { get; set; }

    /// <summary>Why it was not sent; null when it was.</summary>
    public string? Error { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MailRecord>
    {
        public void Configure(EntityTypeBuilder<MailRecord> builder)
        {
            builder.ToTable("mails");
            builder.Property(mail => mail.Id).ValueGeneratedNever();
            builder.HasOne<Account>().WithMany().HasForeignKey(mail => mail.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
