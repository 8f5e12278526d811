using System.ComponentModel;

namespace Surety.Server.Features.Notifications;

/// <summary>The kind of channel that an application has.</summary>
/// <param name="DeliveryMechanism">Its name in the Service API.</param>
internal sealed record ChannelMetadata([property: Description("CALLBACK, LONG_POLLING or WEB_SOCKET; beyond Pelion EVENT_STREAM or KAFKA.")] string DeliveryMechanism);
