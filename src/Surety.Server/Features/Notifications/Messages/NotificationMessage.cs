using System.Text.Json.Serialization;

namespace Surety.Server.Features.Notifications.Messages;

/// <summary>The envelope that every kind of channel delivers. For the API's description; <see cref="Envelope"/> writes it.</summary>
internal sealed record NotificationMessage(
    [property: JsonPropertyName("notifications")] IReadOnlyList<NotificationData>? Notifications,
    [property: JsonPropertyName("registrations")] IReadOnlyList<EndpointData>? Registrations,
    [property: JsonPropertyName("reg-updates")] IReadOnlyList<EndpointData>? RegUpdates,
    [property: JsonPropertyName("de-registrations")] IReadOnlyList<string>? DeRegistrations,
    [property: JsonPropertyName("registrations-expired")] IReadOnlyList<string>? RegistrationsExpired,
    [property: JsonPropertyName("async-responses")] IReadOnlyList<AsyncIDResponse>? AsyncResponses);
