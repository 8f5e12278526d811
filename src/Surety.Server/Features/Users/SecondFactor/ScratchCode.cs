using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Users;

/// <summary>A code that stands once for a one-time password, when the authenticator is lost. (account-management, <c>totp_scratch_codes</c>.)</summary>
[Audited("scratch_code")]
internal sealed class ScratchCode : IEntity, IAccountOwned
{
    /// <summary>Codes that a user is given.</summary>
    public const int Count = 10;

    // Without what is mistaken for something else: 31 letters and digits.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Length = 16;

    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    public EntityId UserId { get; init; }

    /// <summary>SHA-256; the code has 79 bits, which nobody tries through.</summary>
    [Secret]
    public required byte[] Hash { get; init; }

    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, Length);

    public static byte[] HashOf(EntityId user, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{user}:{code.Trim().ToLowerInvariant()}"));

    internal sealed class Configuration : IEntityTypeConfiguration<ScratchCode>
    {
        public void Configure(EntityTypeBuilder<ScratchCode> builder)
        {
            builder.ToTable("scratch_codes");
            builder.Property(code => code.Id).ValueGeneratedNever();
            builder.HasOne<User>().WithMany().HasForeignKey(code => code.UserId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
