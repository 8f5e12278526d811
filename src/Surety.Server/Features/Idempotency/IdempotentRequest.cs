using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Surety.Server.Features.Accounts;
using Surety.Server.Features.Audit;
using Surety.Server.Storage;

namespace Surety.Server.Features.Idempotency;

/// <summary>A request that came with an <c>Idempotency-Key</c>, and what it was answered.</summary>
[NotAudited("what it does is audited")]
internal sealed class IdempotentRequest : IEntity, IAccountOwned
{
    public EntityId Id { get; init; }

    public EntityId AccountId { get; init; }

    /// <summary>Whose key: the same key of another application is another.</summary>
    public EntityId ApplicationId { get; init; }

    /// <summary>The key, at most 255 characters.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 over all of the request that its effect depends on.</summary>
    public required byte[] Fingerprint { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>An <see cref="IdempotentAnswer"/>, encrypted: it may show a secret that is shown once. Null while it runs.</summary>
    [Secret]
    public byte[]? ProtectedAnswer { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<IdempotentRequest>
    {
        public void Configure(EntityTypeBuilder<IdempotentRequest> builder)
        {
            builder.ToTable("idempotent_requests");
            builder.Property(request => request.Id).ValueGeneratedNever();
            builder.HasOne<Account>().WithMany().HasForeignKey(request => request.AccountId).OnDelete(DeleteBehavior.Cascade);
            // One of several at once gets the key.
            builder.HasIndex(request => new { request.ApplicationId, request.Key }).IsUnique();
            builder.HasIndex(request => new { request.AccountId, request.CreatedAt });
            builder.HasIndex(request => request.CreatedAt);
        }
    }
}
