using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>The key in the link of a mail: it opens one thing for one user, once. Stored hashed.</summary>
[NotAudited("the log of mails tells of it")]
internal sealed class MailToken : IEntity, IAccountOwned
{
    /// <summary>Characters of the whole text: the id and 256 random bits.</summary>
    public const int TextLength = IdLength + 43;

    private const int IdLength = 32;
    private const int SecretSize = 32;

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId UserId { get; init; }

    public MailTokenPurpose Purpose { get; init; }

    /// <summary>The address it was sent to; it is worth nothing when the user has another one by now.</summary>
    public required string EmailKey { get; init; }

    /// <summary>SHA-256: the secret has 256 bits, which nobody tries through.</summary>
    [Secret]
    public required byte[] Hash { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>A token that is not stored yet, and its text.</summary>
    public static (MailToken Token, string Text) New(EntityId id, User user, MailTokenPurpose purpose, DateTimeOffset expiresAt)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretSize);
        var token = new MailToken
        {
            Id = id,
            AccountId = user.AccountId,
            UserId = user.Id,
            Purpose = purpose,
            EmailKey = user.EmailKey,
            Hash = SHA256.HashData(secret),
            ExpiresAt = expiresAt,
        };
        return (token, id + Base64Url.EncodeToString(secret));
    }

    /// <summary>Reads what <see cref="New"/> has written.</summary>
    public static bool TryParse(string? text, out EntityId id, out byte[] hash)
    {
        (id, hash) = (default, []);
        if (text is not { Length: TextLength } || !EntityId.TryParse(text[..IdLength], out id) || !Base64Url.IsValid(text.AsSpan(IdLength)))
            return false;
        hash = SHA256.HashData(Base64Url.DecodeFromChars(text.AsSpan(IdLength)));
        return true;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<MailToken>
    {
        public void Configure(EntityTypeBuilder<MailToken> builder)
        {
            builder.ToTable("mail_tokens");
            builder.Property(token => token.Id).ValueGeneratedNever();
            builder.HasOne<User>().WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
