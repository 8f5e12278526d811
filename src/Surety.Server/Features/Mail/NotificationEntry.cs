using System.Text.Json.Serialization;
using Surety.Server.Api;

namespace Surety.Server.Features.Mail;

/// <summary>A mail as the API shows it.</summary>
internal sealed record NotificationEntry
{
    /// <summary>Always <c>notification-entry</c>.</summary>
    public string Object { get; init; } = "notification-entry";

    public required EntityId Id { get; init; }

    public required EntityId AccountId { get; init; }

    /// <summary>Always <c>email</c>.</summary>
    public string Type { get; init; } = "email";

    public required string Receiver { get; init; }

    public required string Subject { get; init; }

    public required string Message { get; init; }

    public required bool Success { get; init; }

    /// <summary>Why it was not sent; null when it was.</summary>
    public required string? ErrorMsg { get; init; }

    public required string Etag { get; init; }

    [JsonConverter(typeof(SecondsJsonConverter))]
    public required DateTimeOffset CreatedAt { get; init; }

    public static NotificationEntry Of(MailRecord mail) => new()
    {
        Id = mail.Id,
        AccountId = mail.AccountId,
        Receiver = mail.Receiver,
        Subject = mail.Subject,
        Message = mail.Message,
        Success = mail.Success,
        ErrorMsg = mail.Error,
        Etag = mail.Success ? "2" : "1",
        CreatedAt = mail.CreatedAt,
    };
}
