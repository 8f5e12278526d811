namespace Surety.Client;

/// <summary>The answer of <c>/v2/notification/channel</c>.</summary>
internal sealed record ChannelInfo(string? DeliveryMechanism);
