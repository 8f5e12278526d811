using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Users;

/// <summary>An invitation as the API shows it.</summary>
internal sealed record UserInvitationResp
{
    /// <summary>Always <c>user-invitation</c>.</summary>
    public string Object { get; init; } = "user-invitation";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    public required EntityId UserId { get; init; }

    public required string Email { get; init; }

    public required IReadOnlyList<EntityId> Groups { get; init; }

    /// <summary>The link of the invitation, in the answer that makes it and in no other, and only when no mail server is set: hand it on yourself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    public string Etag { get; init; } = "1";

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset Expiration { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The memberships of the user must have been read.</summary>
    public static UserInvitationResp Of(UserInvitation invitation, User user) => new()
    {
        Id = invitation.Id,
        AccountId = invitation.AccountId,
        UserId = invitation.UserId,
        Email = user.Email,
        Groups = user.Subject.GroupIds(),
        Expiration = invitation.ExpiresAt,
        CreatedAt = invitation.CreatedAt,
        UpdatedAt = invitation.CreatedAt,
    };
}
